const maxWord = 64;

/** Scripts that put no space between words: each character is a word, and a phrase finds what they make together. */
const unspaced = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}`;
const word = new RegExp(String.raw`[${unspaced}]|[[\p{L}\p{N}\p{M}_]--[${unspaced}]]+`, 'gv');

/**
 * The words of a text in their order: runs of letters and digits, in lower case and without the variants that Unicode
 * has of one letter. What is longer than 64 characters is cut: a token or base64 is found by its beginning.
 */
export function wordsOf(text: string): string[] {
  const found = plain(text).match(word) ?? [];
  return found.map((each) => (each.length > maxWord ? each.slice(0, maxWord).toWellFormed() : each));
}

/** Whether it is a character of a script without spaces: whatever follows it is a word of its own. */
export const isUnspaced = (word: string): boolean => new RegExp(`^[${unspaced}]$`, 'v').test(word);

/** A key of an object as it stands in a path: in lower case, and without what would end it in a query. */
export const pathKey = (key: string): string => plain(key).replaceAll(/[\s":]/g, '_');

const plain = (text: string): string => text.normalize('NFKC').toLowerCase();
