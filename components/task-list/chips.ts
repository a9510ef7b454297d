import { formatDuration } from '../time/format.ts';
import { type FilterName, filterNames, type TaskFilter, toggleValue, valuesOf, withParts } from '../tasks/filter.ts';
import { visibleText } from '../tasks/visible-text.ts';

/** One part of the filter in words, and the filter without it. */
export type Chip = { key: string; name: string; value: string; without: TaskFilter };

const duration = (value: string): string => formatDuration(Number(value));
const asIs = (value: string): string => value;

type FormatTime = (at: number) => string;
const time = (value: string, format: FormatTime): string =>
  Number.isNaN(Date.parse(value)) ? value : format(Date.parse(value));

type Words = { name: string; say(value: string, format: FormatTime): string; several?: true };

/** How each part reads. The search and the order are shown elsewhere. */
const words: Record<Exclude<FilterName, 'q' | 'sort'>, Words> = {
  state: { name: 'State', say: asIs, several: true },
  definition: { name: 'Type', say: asIs, several: true },
  queue: { name: 'Queue', say: asIs, several: true },
  tag: { name: 'Tag', say: asIs, several: true },
  worker: { name: 'Worker', say: asIs },
  createdAfter: { name: 'Created from', say: time },
  createdBefore: { name: 'Created before', say: time },
  finishedAfter: { name: 'Finished from', say: time },
  finishedBefore: { name: 'Finished before', say: time },
  runMin: { name: 'Ran at least', say: duration },
  runMax: { name: 'Ran at most', say: duration },
  attemptsMin: { name: 'Attempts at least', say: asIs },
  attemptsMax: { name: 'Attempts at most', say: asIs },
  fingerprint: { name: 'Error', say: asIs },
  metadata: { name: 'Metadata', say: asIs },
  submittedBy: { name: 'Submitted by', say: asIs },
  parentId: { name: 'Children of', say: asIs },
  correlationId: { name: 'Correlation', say: asIs },
  dismissed: { name: 'Dismissed', say: (value) => (value === 'true' ? 'only' : 'left out') },
  includeArchived: { name: 'Archived', say: () => 'shown too' },
  ids: { name: 'Tasks', say: (value) => `${value.split(',').length} by id` },
};

/**
 * What narrows the list, one chip for each value, in the order of the address. `formatTime` writes a moment; `cause` is the
 * message of the error that a fingerprint stands for, if it is known.
 */
export function chipsOf(filter: TaskFilter, formatTime: FormatTime, cause?: string | null): Chip[] {
  return filterNames.flatMap((name) => {
    if (name === 'q' || name === 'sort' || !filter[name]) return [];
    const { name: label, say, several } = words[name];
    if (!several) {
      const value = (name === 'fingerprint' && cause && visibleText(cause)) || say(filter[name], formatTime);
      return [{ key: name, name: label, value, without: withParts(filter, { [name]: null }) }];
    }
    return valuesOf(filter, name).map((value) => ({
      key: `${name}:${value}`,
      name: label,
      value: say(value, formatTime),
      without: toggleValue(filter, name, value),
    }));
  });
}
