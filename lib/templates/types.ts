/** A payload and options that a team keeps under a name, to submit them again. */
export type Template = {
  id: string;
  definition: string;
  /** Unique within the definition. */
  name: string;
  payload: unknown;
  /** As a submit takes them, beside definition and payload. */
  options: Record<string, unknown>;
  createdBy: string;
  /** The e-mail address or the API key's name; null when it is gone. */
  createdByName: string | null;
  updatedAt: string;
};

export const maxTemplateName = 80;
