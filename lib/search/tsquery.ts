import { atPath, isAtPath, isShownId, quoted, type TextTerm, weights } from './document.ts';
import { valuesOf } from './json-values.ts';
import { mark } from './marks.ts';
import { wordsOf } from './words.ts';

/** More narrow it no further. */
const maxMetadataQueries = 20;

// A tsquery as text. Its words are quoted, so that no operator comes from outside.

/** A text term, its negation left aside. */
export function textQuery(term: TextTerm): string {
  const { field, path, words, prefix } = term;
  const word = (each: string, index: number): string => {
    const beginning = prefix && index === words.length - 1 ? ':*' : '';
    if (field === null) return `${quoted(each)}${beginning}`;
    if (isAtPath(term)) return `${quoted(atPath(field, path, each))}${beginning}`;
    return `${quoted(each)}${beginning || ':'}${weights[field]}`;
  };
  const phrase = words.map(word).join(' <-> ');
  const [only = ''] = words;
  return isShownId(term) ? anyOf([quoted(only), quoted(mark.idEnd(only))]) : `(${phrase})`;
}

/** Documents with one of these marks. */
export const anyMark = (marks: string[]): string => anyOf(marks.map(quoted));

const anyOf = (queries: string[]): string => `(${queries.join(' | ')})`;

/** What the document of a task has whose metadata contain this object: the words of its values, each at its path. */
export function metadataQueries(metadata: Record<string, unknown>): string[] {
  const queries: string[] = [];
  for (const { text, path } of valuesOf(metadata)) {
    const words = wordsOf(text);
    if (path && words.length > 0)
      queries.push(textQuery({ kind: 'text', field: 'metadata', path, words, negated: false, at: 0, length: 0 }));
  }
  return queries.slice(0, maxMetadataQueries);
}
