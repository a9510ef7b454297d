import type { FileInfo } from './types.ts';

export type FileRow = {
  id: string;
  name: string;
  media_type: string;
  size: number;
  created_at: Date;
  expires_at: Date;
};

/** A row of `files` as the rest of the product knows it. */
export const toFileInfo = (row: FileRow): FileInfo => ({
  id: row.id,
  name: row.name,
  mediaType: row.media_type,
  size: row.size,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
});
