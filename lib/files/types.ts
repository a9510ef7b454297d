/** An uploaded file without its content. */
export type FileInfo = {
  id: string;
  name: string;
  mediaType: string;
  size: number;
  createdAt: string;
  expiresAt: string;
};

export const maxFileBytes = 10 * 1024 * 1024;

/** How long an uploaded file is kept. */
export const fileRetentionDays = 7;
