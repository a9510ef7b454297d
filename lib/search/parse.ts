import { taskStates } from '#lib/tasks/state';
import { isAtPath, type TextTerm } from './document.ts';
import { maxPath } from './json-values.ts';
import { attributes, type ParsedSearch, type SearchTerm, textFields } from './types.ts';
import { isUnspaced, pathKey, wordsOf } from './words.ts';

// Runs in the browser too: nothing here may import the database.

export const maxSearchLength = 2_000;
const maxTerms = 20;
const maxWords = 60;
/** A shorter beginning is one of too many words. */
const minPrefix = 3;

/** Thrown within this file only; `parseSearch` answers it. */
class Refused extends Error {
  readonly at: number;
  readonly length: number;
  constructor(message: string, at: number, length: number) {
    super(message);
    this.at = at;
    this.length = length;
  }
}

/** A field and its colon; 12:30 is a text. */
const fieldBefore = /^((?:payload|result|metadata)\.[^\s":]+|\p{L}[\p{L}\p{N}_.-]*):/iu;

/** One piece of the query between spaces, quotes respected; `body` begins at `bodyAt`. */
type Piece = { at: number; text: string; negated: boolean; body: string; bodyAt: number };

/**
 * Reads a search: words, beginnings*, "phrases", -negations, `id:`, `state:` and the other attributes, `error:`, and paths as
 * `payload.user.id:42`. All terms must hold. An empty search has no terms.
 */
export function parseSearch(text: string): ParsedSearch {
  try {
    if (text.length > maxSearchLength)
      throw new Refused(
        `The search is longer than ${maxSearchLength} characters. Leave out what matters least.`,
        maxSearchLength,
        text.length - maxSearchLength,
      );
    if (text.includes('\u0000') || !text.isWellFormed())
      throw new Refused('The search holds a character that no task can have. Remove it.', 0, text.length);
    const terms = split(text).map(readTerm);
    checkSize(text, terms);
    return { ok: true, terms };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, message: error.message, at: error.at, length: error.length };
    throw error;
  }
}

function split(text: string): Piece[] {
  const pieces: Piece[] = [];
  // A piece is made of characters that are neither space nor quote, and of quoted parts, which may hold both.
  for (const { 0: found, index: at } of text.matchAll(/(?:[^\s"]|"(?:[^"\\]|\\.)*(?:"|$))+/gsu)) {
    if (pieces.length >= maxTerms) {
      throw new Refused(`A search has at most ${maxTerms} terms. Leave out what matters least.`, at, found.length);
    }
    const negated = found.startsWith('-') && found.length > 1;
    const body = negated ? found.slice(1) : found;
    pieces.push({ at, text: found, negated, body, bodyAt: negated ? at + 1 : at });
  }
  return pieces;
}

function readTerm(piece: Piece): SearchTerm {
  const { at, text, negated, body, bodyAt } = piece;
  const colon = fieldBefore.exec(body);
  const value = colon ? body.slice(colon[0].length) : body;
  const read = unquote(value, bodyAt + body.length - value.length);
  const place = { negated, at, length: text.length };
  return colon ? fieldTerm(piece, colon[1] ?? '', read, place) : { ...textTerm(piece, read), ...place };
}

type Place = Pick<SearchTerm, 'negated' | 'at' | 'length'>;

function fieldTerm(piece: Piece, name: string, value: string, place: Place): SearchTerm {
  const [head = '', ...rest] = name.replaceAll(/\[\d*\]/g, '').split('.');
  const field = head.toLowerCase();
  if (value.trim() === '')
    throw refuse(
      piece,
      `What to look for is missing after “${name}:”. Write it without a space, as in ${name}:example.`,
    );
  const text = textFields.find((known) => known === field);
  if (text && !(text === 'error' && rest.length > 0)) {
    const path = rest.map(pathKey).join('.');
    if (rest.includes('') || path.length > maxPath)
      throw refuse(piece, `“${name}” is not a path. Write the keys with single dots, as in payload.user.id:42.`);
    return { kind: 'text', field: text, path, ...wordsIn(piece, value, { field: text, path }), ...place };
  }
  if (rest.length === 0 && field === 'id') return { ...idTerm(piece, value), ...place };
  const attribute = attributes.find((known) => known === field);
  if (rest.length === 0 && attribute) return { ...attributeTerm(piece, attribute, value), ...place };
  throw refuse(
    piece,
    `There is no field “${name}”. Use ${[...textFields.slice(0, 3).map((known) => `${known}.…`), 'error', 'id', ...attributes].join(', ')}, or put the text in quotes: "${piece.body.replaceAll('"', '')}".`,
  );
}

function textTerm(piece: Piece, value: string) {
  const bare = value.trim().toLowerCase();
  if (!piece.body.startsWith('"') && /^[0-9a-f]{8}-[0-9a-f-]*$/.test(bare)) return idTerm(piece, bare);
  const anywhere = { field: null, path: '' };
  return { kind: 'text' as const, ...anywhere, ...wordsIn(piece, value, anywhere) };
}

function idTerm(piece: Piece, value: string) {
  const digits = value.trim().toLowerCase().replaceAll('-', '');
  if (!/^[0-9a-f]{4,32}$/.test(digits))
    throw refuse(
      piece,
      `“${value}” is not an id or the beginning of one. Write at least 4 digits from 0 to 9 and a to f, or the 8 that a list shows.`,
    );
  return { kind: 'id' as const, digits };
}

function attributeTerm(piece: Piece, kind: (typeof attributes)[number], value: string) {
  const values = [...new Set(value.split(',').map((each) => each.trim()))].filter((each) => each !== '');
  if (values.length === 0) throw refuse(piece, `What to look for is missing after “${kind}:”.`);
  const unknown = kind === 'state' && values.find((each) => !taskStates.some((state) => state === each));
  if (unknown) throw refuse(piece, `There is no state “${unknown}”. Use one of ${taskStates.join(', ')}.`);
  return { kind, values };
}

/** The words of a text; a * right behind the last one, and not within quotes, makes it a beginning. */
function wordsIn(
  piece: Piece,
  value: string,
  place: Pick<TextTerm, 'field' | 'path'>,
): Pick<TextTerm, 'words' | 'prefix'> {
  const words = wordsOf(value);
  const last = words.at(-1);
  if (last === undefined)
    throw refuse(piece, `“${piece.text}” has no letters or digits to look for. Remove it, or add a word.`);
  if (!/[\p{L}\p{N}\p{M}_]\*$/u.test(piece.body)) return { words };
  // A phrase finds these also where more follows.
  if (isUnspaced(last)) return { words };
  if ([...last].length < minPrefix)
    throw refuse(
      piece,
      `“${last}*” is the beginning of too many words. Write at least ${minPrefix} letters before the *.`,
    );
  // The words of a document have their paths beside them, which begin with a field's name.
  const field = isAtPath(place) ? undefined : textFields.find((known) => known.startsWith(last));
  if (field) throw refuse(piece, `“${last}*” is how the field “${field}” begins too. Write more letters before the *.`);
  return { words, prefix: true };
}

/** The text without its quotes; within them \" and \\ stand for themselves. */
function unquote(value: string, at: number): string {
  let result = '';
  for (const { 0: part, index } of value.matchAll(/"(?:[^"\\]|\\.)*(?:"|$)|[^"]+/gsu)) {
    if (!part.startsWith('"')) result += part;
    else if (part.length < 2 || !/^"(?:[^"\\]|\\.)*"$/su.test(part))
      throw new Refused('The quote is not closed. Put " at the end of the phrase.', at + index, part.length);
    else result += part.slice(1, -1).replaceAll(/\\(.)/gsu, '$1');
  }
  return result;
}

function checkSize(text: string, terms: SearchTerm[]): void {
  const words = terms.reduce((sum, term) => sum + (term.kind === 'text' ? term.words.length : 1), 0);
  if (words > maxWords)
    throw new Refused(`A search has at most ${maxWords} words. Leave out what matters least.`, 0, text.length);
}

const refuse = ({ at, text }: Piece, message: string): Refused => new Refused(message, at, text.length);
