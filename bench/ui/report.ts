import type { Spread, UiOptions, UiResult } from './suite.ts';

const ms = (value: number): string => `${Math.round(value)}`;
const spread = ({ p50, p95, p99 }: Spread): string => `${ms(p50)} / ${ms(p95)} / ${ms(p99)}`;

/** The figures in Markdown: read in a terminal and kept in docs/performance.md alike. */
export function renderUiReport(
  results: UiResult[],
  run: { date: string; command: string; machine: string; options: UiOptions },
): string {
  const rows = results.map(({ pages, changes, list, task, interaction, heapMb }) =>
    [
      pages,
      Math.round(changes).toLocaleString('en'),
      spread(list),
      spread(task),
      `${ms(interaction.p75)} / ${ms(interaction.p95)}`,
      `${heapMb.before.toFixed(1)} → ${heapMb.after.toFixed(1)} MB in ${heapMb.minutes.toFixed(1)} min`,
    ].join(' | '),
  );
  const { history, changesPerSecond, samples } = run.options;
  return [
    `\`${run.command}\`, ${run.date}. ${run.machine}; ${history.toLocaleString('en')} finished tasks in the table, ` +
      `${changesPerSecond.toLocaleString('en')} changes a second wanted, ${samples} samples each.`,
    '',
    '| pages open | changes a second | commit to pixel in a list, ms p50 / p95 / p99 | on a task’s page | interaction to next paint, ms p75 / p95 | heap of the page |',
    '|---:|---:|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
    '',
  ].join('\n');
}
