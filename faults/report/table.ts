import type { Outcome } from '../outcome.ts';

const columns = [
  'fault',
  'result',
  'hits',
  'accepted',
  'completed',
  'lost',
  're-run',
  'illegal',
  'duplicate bodies',
  'stale writes refused',
  'recovery p50 / p95 / max',
  'accepting p50 / p99',
] as const;

const seconds = (ms: number): string => (ms / 1_000).toFixed(1);

function cells({ id, title, status, hits, figures: f }: Outcome): string[] {
  const recovery = f.recovery
    ? `${seconds(f.recovery.p50)} / ${seconds(f.recovery.p95)} / ${seconds(f.recovery.max)} s`
    : '–';
  const counts = [
    hits,
    f.accepted,
    f.completed,
    f.lost,
    f.completedReRun,
    f.illegalTransitions,
    f.duplicateBodies,
    f.staleWrites,
  ];
  const accepting = f.accepting ? `${f.accepting.p50.toFixed(0)} / ${f.accepting.p99.toFixed(0)} ms` : '–';
  return [`${id} ${title}`, status, ...counts.map(String), recovery, accepting];
}

/** The last row: sums, and what they say about chance. */
function totals(outcomes: Outcome[]): string[] {
  const sum = (of: (outcome: Outcome) => number) => String(outcomes.reduce((total, outcome) => total + of(outcome), 0));
  return [
    'all',
    '',
    sum(({ hits }) => hits),
    sum(({ figures }) => figures.accepted),
    sum(({ figures }) => figures.completed),
    sum(({ figures }) => figures.lost),
    sum(({ figures }) => figures.completedReRun),
    sum(({ figures }) => figures.illegalTransitions),
    sum(({ figures }) => figures.duplicateBodies),
    sum(({ figures }) => figures.staleWrites),
    '',
    '',
  ];
}

/** As Markdown, which reads well on a terminal too. */
export function table(outcomes: Outcome[]): string {
  const rows = [[...columns], ...outcomes.map(cells), totals(outcomes)];
  const widths = columns.map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  const line = (row: string[]) => `| ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

/** With nothing lost in n, at most 3/n are lost by 95 % confidence. */
export function confidence(outcomes: Outcome[]): string {
  const accepted = outcomes.reduce((sum, { figures }) => sum + figures.accepted, 0);
  const lost = outcomes.reduce((sum, { figures }) => sum + figures.lost, 0);
  const bound = accepted > 0 && lost === 0 ? `; 95 % upper bound ${(3 / accepted).toExponential(1)}` : '';
  return `lost ${lost} of ${accepted}${bound}`;
}
