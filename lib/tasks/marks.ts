import { anyMark, attemptMarks, dayMarks, mark, metadataQueries, runMarks, textQuery } from '#lib/search/index';
import type { Choice, Narrowing } from './list/narrow.ts';

/**
 * What the documents of the tasks have that are looked for, as tsqueries that must all hold; none when they have nothing in
 * common that a document tells. They may let through more than fit, never less.
 */
export function documentQueries({ filter, choices, text, ids }: Narrowing): string[] {
  const { runMsMin, runMsMax, attemptsMin, attemptsMax } = filter;
  return [
    ...text.map((term) => (term.negated ? `!${textQuery(term)}` : textQuery(term))),
    ...ids.flatMap(({ digits, negated }) =>
      digits.length === 8 && !negated ? [anyMark([mark.idBegin(digits), mark.idEnd(digits)])] : [],
    ),
    ...choices.flatMap(choiceQuery),
    ...(filter.submittedBy ? [anyMark([mark.submitter(filter.submittedBy)])] : []),
    ...(runMsMin === undefined && runMsMax === undefined ? [] : [anyMark(runMarks(runMsMin, runMsMax))]),
    ...(attemptsMin === undefined && attemptsMax === undefined
      ? []
      : [anyMark(attemptMarks(attemptsMin, attemptsMax))]),
    ...finishedQuery(filter),
    ...(filter.metadata ? metadataQueries(filter.metadata) : []),
  ].filter((part) => part !== '()');
}

/** A claim writes no document, so none tells what is pending and what runs. */
const untold = new Set(['pending', 'running']);

function choiceQuery({ kind, values, negated }: Choice): string[] {
  if (negated || (kind === 'state' && values.some((value) => untold.has(value)))) return [];
  return [anyMark(values.map(mark[kind]))];
}

function finishedQuery({ finishedAfter, finishedBefore }: Narrowing['filter']): string[] {
  if (finishedAfter === undefined) return [];
  const marks = dayMarks(Date.parse(finishedAfter), finishedBefore ? Date.parse(finishedBefore) : Date.now() + 60_000);
  return marks?.length ? [anyMark(marks)] : [];
}
