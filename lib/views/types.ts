/** A list that somebody looks at again and again. */
export type SavedView = {
  id: string;
  name: string;
  /** The query string of the list, without its question mark. */
  query: string;
  /** Everybody sees it. */
  shared: boolean;
  /** It belongs to who asks. */
  own: boolean;
  /** Who saved it: the e-mail address or the API key's name; null when it is gone. */
  ownerName: string | null;
  createdAt: string;
};
