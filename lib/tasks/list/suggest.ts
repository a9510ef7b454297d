import { db } from '#lib/db/index';
import { attributes, type Attribute, type Suggestions } from '#lib/search/types';
import { readCountsBy } from '#lib/stats/index';
import { listDefinitions } from '../definitions.ts';
import { schemaPaths } from '../schema-paths.ts';
import { taskStates } from '../state.ts';

/** Suggestions at once. */
const most = 12;
/** Tags and workers are those of the newest tasks. */
const newest = 1_000;

type Suggestion = Suggestions['suggestions'][number];

/**
 * What may be written at a place of a search: fields, values of `state:` and the like, and the paths of the payloads as the
 * definitions' schemas have them.
 *
 * @param at the caret, in UTF-16 units from the start.
 */
export async function suggest(query: string, at: number): Promise<Suggestions> {
  const { from, to, text } = tokenAt(query, at);
  const field = /^([a-z]+):(.*)$/s.exec(text);
  const attribute = attributes.find((known) => known === field?.[1]);
  const found = attribute ? await valuesOf(attribute, field?.[2] ?? '') : await fieldsOf(text);
  return { from, to, suggestions: found.slice(0, most) };
}

/** The piece between spaces in which the caret stands, without a minus before it; nothing within quotes. */
function tokenAt(query: string, at: number): { from: number; to: number; text: string } {
  const place = Math.min(Math.max(0, at), query.length);
  const before = query.slice(0, place);
  const quoted = (before.match(/(?<!\\)"/g) ?? []).length % 2 === 1;
  if (quoted) return { from: place, to: place, text: '"' };
  const from = place - (/[^\s"]*$/.exec(before)?.[0].replace(/^-/, '').length ?? 0);
  const to = place + (/^[^\s"]*/.exec(query.slice(place))?.[0].length ?? 0);
  return { from, to, text: query.slice(from, place) };
}

const fields: Suggestion[] = [
  { text: 'payload.', detail: 'a value of the payload, as payload.user.id:42' },
  { text: 'result.', detail: 'a value of the result' },
  { text: 'metadata.', detail: 'a value of the metadata' },
  { text: 'error:', detail: 'a word of the error' },
  { text: 'id:', detail: 'an id, its beginning, or the eight digits that the list shows' },
  ...attributes.map((name) => ({ text: `${name}:`, detail: `tasks of a ${name}` })),
];

async function fieldsOf(text: string): Promise<Suggestion[]> {
  if (text.includes(':') || text.startsWith('"')) return [];
  const written = text.toLowerCase();
  const known = fields.filter((each) => each.text.startsWith(written) && each.text !== written);
  if (written.startsWith('payload.')) return pathsOf(written);
  const named = written.length < 2 ? [] : await valuesOf('definition', written);
  return [...known, ...named];
}

async function pathsOf(written: string): Promise<Suggestion[]> {
  const paths = new Map<string, string[]>();
  for (const { name, payloadSchema } of await listDefinitions())
    for (const path of schemaPaths(payloadSchema)) {
      const text = `payload.${path}:`;
      if (text.toLowerCase().startsWith(written)) paths.set(text, [...(paths.get(text) ?? []), name]);
    }
  return [...paths].map(([text, names]) => ({ text, detail: names.slice(0, 3).join(', ') })).sort(byText);
}

const byText = (a: Suggestion, b: Suggestion): number => (a.text < b.text ? -1 : Number(a.text > b.text));

/** Values that begin with what is written, or else hold it; of several with commas between the last is completed. */
async function valuesOf(attribute: Attribute, written: string): Promise<Suggestion[]> {
  const given = written.split(',');
  const last = (given.pop() ?? '').toLowerCase();
  const fitting = (await allValues(attribute)).filter(
    ({ value }) => value.toLowerCase().includes(last) && !given.includes(value),
  );
  const begins = (value: string) => value.toLowerCase().startsWith(last);
  fitting.sort((a, b) => Number(begins(b.value)) - Number(begins(a.value)));
  return fitting.map(({ value, detail }) => ({ text: `${attribute}:${[...given, inQuery(value)].join(',')}`, detail }));
}

/** A value with spaces or quotes stands in quotes. */
const inQuery = (value: string): string =>
  /[\s"]/.test(value) ? `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"` : value;

type Value = { value: string; detail: string };

async function allValues(attribute: Attribute): Promise<Value[]> {
  switch (attribute) {
    case 'state':
      return taskStates.map((value) => ({ value, detail: 'state' }));
    case 'definition':
      return (await listDefinitions()).map(({ name, title }) => ({ value: name, detail: title }));
    case 'queue':
      return (await readCountsBy('queue')).map(({ value, count }) => ({ value, detail: tasksText(count) }));
    case 'worker':
      return db()<Value[]>`
        select worker_id as value, 'among the newest tasks' as detail
        from (select worker_id from tasks order by id desc limit ${newest}) t where worker_id is not null
        group by 1 order by count(*) desc`;
    case 'tag':
      return db()<Value[]>`
        select tag as value, 'among the newest tasks' as detail
        from (select tags from tasks order by id desc limit ${newest}) t, unnest(tags) as tag group by 1 order by count(*) desc`;
  }
}

const tasksText = (count: number): string => (count === 1 ? '1 task' : `${count.toLocaleString('en')} tasks`);
