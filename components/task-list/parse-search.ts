import type { ParsedSearch } from '#lib/search/types';

/** Reads a search as the server does, to say at once what is wrong and where. The reader comes when it is first needed. */
export async function parseSearch(text: string): Promise<ParsedSearch> {
  const { parseSearch: parse } = await import('#lib/search/parse');
  return parse(text);
}
