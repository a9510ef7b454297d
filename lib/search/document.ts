import { valuesOf } from './json-values.ts';
import { mark, marksOf } from './marks.ts';
import type { SearchableTask, SearchTerm, TextField } from './types.ts';
import { wordsOf } from './words.ts';

/** Characters of a task that are read. */
const maxText = 64 * 1024;
/** What Postgres can number within a document, and within a word. */
const maxPosition = 16_000;
const maxPlaces = 250;

/** Where a word stands: its position times four plus its field's weight. */
type Place = number;

/** What is searched of a task: each word with its places, and each mark with none. */
export type SearchDocument = ReadonlyMap<string, readonly Place[]>;

/** By these Postgres tells fields apart; what belongs to the task as a whole has D. */
export const weights = { payload: 'A', result: 'B', error: 'C', metadata: 'D' } as const satisfies Record<
  TextField,
  string
>;
const letters = 'DCBA';
const weightOf = (field: TextField): number => letters.indexOf(weights[field]);

/** A word at a path: what `payload.user.id:42` asks for. */
export const atPath = (field: TextField, path: string, word: string): string => `${field}.${path}=${word}`;

export type TextTerm = Extract<SearchTerm, { kind: 'text' }>;

type Writer = { places: Map<string, Place[]>; position: number; room: number };

/** The document of a task, of its first 64 KB of text. */
export function documentOf(task: SearchableTask): SearchDocument {
  const writer: Writer = { places: new Map(), position: 0, room: maxText };
  for (const each of marksOf(task)) writer.places.set(each, []);
  write(writer, inParts(task.definition), 'metadata', null);
  for (const tag of task.tags) write(writer, tag, 'metadata', null);
  for (const text of errorTexts(task.error)) write(writer, text, 'error', null);
  for (const field of ['metadata', 'payload', 'result'] as const)
    for (const { text, path } of valuesOf(task[field])) {
      if (writer.room <= 0) break;
      write(writer, text, field, path);
    }
  return writer.places;
}

/** True when the document has what the term asks for, its negation left aside. */
export function documentHas(document: SearchDocument, term: TextTerm): boolean {
  const { field, path, words, prefix } = term;
  const inField = field !== null && !isAtPath(term);
  const weight = field === null ? 0 : weightOf(field);
  const placesOf = (word: string, index: number): readonly Place[] => {
    const key = field === null || inField ? word : atPath(field, path, word);
    const places = prefix && index === words.length - 1 ? placesOfAll(document, key) : (document.get(key) ?? []);
    return inField ? places.filter((place) => place % 4 === weight) : places;
  };
  const [first = ''] = words;
  if (isShownId(term) && document.has(mark.idEnd(first))) return true;
  const [starts = [], ...following] = words.map((word, index) => placesOf(word, index).map((place) => place >> 2));
  const sets = following.map((places) => new Set(places));
  return starts.some((place) => sets.every((places, index) => places.has(place + index + 1)));
}

/** Where any of the words stands that begin so. */
const placesOfAll = (document: SearchDocument, beginning: string): Place[] =>
  [...document].flatMap(([word, places]) => (word.startsWith(beginning) ? places : []));

/** Eight digits may be what the pages show of an id. */
export const isShownId = ({ field, words, prefix }: TextTerm): boolean =>
  field === null && !prefix && words.length === 1 && /^[0-9a-f]{8}$/.test(words[0] ?? '');

/** Definition and tags have the weight of the metadata, whose words are therefore found by a path. */
export const isAtPath = ({ field, path }: { field: TextField | null; path: string }): boolean =>
  field !== null && (path !== '' || field === 'metadata');

/** The document as Postgres reads a tsvector. */
export function toVector(document: SearchDocument, marks: string[]): string {
  const parts = marks.map(quoted);
  for (const [word, places] of document)
    parts.push(
      places.length === 0
        ? quoted(word)
        : `${quoted(word)}:${places.map((place) => `${place >> 2}${letters[place % 4] === 'D' ? '' : letters[place % 4]}`).join(',')}`,
    );
  return parts.join(' ');
}

/** A word as it stands in a tsvector or a tsquery: nothing in it means anything. */
export const quoted = (word: string): string => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

function write(writer: Writer, text: string, field: TextField, path: string | null): void {
  if (writer.room <= 0) return;
  const read = text.length > writer.room ? text.slice(0, writer.room).toWellFormed() : text;
  writer.room -= read.length;
  for (const word of wordsOf(read)) {
    if (writer.position >= maxPosition) return;
    writer.position += 1;
    const place = writer.position * 4 + weightOf(field);
    put(writer, word, place);
    if (path) put(writer, atPath(field, path, word), place);
    if (path !== null && field === 'metadata') put(writer, atPath(field, '', word), place);
  }
  // No phrase goes from one value to the next.
  writer.position += 1;
}

function put({ places }: Writer, word: string, place: Place): void {
  const known = places.get(word);
  if (!known) places.set(word, [place]);
  else if (known.length < maxPlaces) known.push(place);
}

/** A name and its parts: sendMessage is found by "message" too. */
const inParts = (name: string): string => `${name} ${name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])|_/g, ' ')}`;

/** Name and message of an error and of its causes. */
function* errorTexts(error: unknown): Generator<string> {
  for (let each = error, depth = 0; typeof each === 'object' && each !== null && depth < 6; depth += 1) {
    const { name, message, cause } = each as { name?: unknown; message?: unknown; cause?: unknown };
    if (typeof name === 'string') yield inParts(name);
    if (typeof message === 'string') yield message;
    each = cause;
  }
}
