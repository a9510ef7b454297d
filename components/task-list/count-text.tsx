import type { Count } from '#lib/search/types';

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const exact = new Intl.NumberFormat('en');

/** "1,204", or "10,000 or more" when it was not counted to the end. */
export const countWords = ({ count, more }: Count): string => `${exact.format(count)}${more ? ' or more' : ''}`;

/** "one task", or "1,204 tasks". */
export const tasksText = (tasks: Count): string =>
  tasks.count === 1 && !tasks.more ? 'one task' : `${countWords(tasks)} tasks`;

export const sumOf = (counts: Count[]): Count => ({
  count: counts.reduce((sum, { count }) => sum + count, 0),
  more: counts.some(({ more }) => more),
});

/** A count in as little room as it needs, the whole of it on hover. */
export function CountText({ count }: { count: Count }) {
  const short = count.count < 10_000 ? String(count.count) : compact.format(count.count);
  return (
    <span className="tabular-nums" title={count.count >= 1_000 || count.more ? countWords(count) : undefined}>
      {short}
      {count.more ? '+' : ''}
    </span>
  );
}
