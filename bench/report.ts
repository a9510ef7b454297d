import type { Verdict } from './bars.ts';
import { mediansOf, type Medians, type Results } from './results.ts';
import type { PeerName } from './peers/names.ts';
import type { Quantiles } from './suites/latency.ts';

/** Where and how a run was made, to be read beside its figures. */
export type Circumstances = {
  date: string;
  command: string;
  rounds: number;
  concurrency: number;
  machine: string;
  versions: { postgres: string; redis: string; node: string };
  /** One-minute load average before and after: what else the machine did. */
  load: { before: number; after: number };
};

const titles: Record<PeerName, string> = {
  taskdeck: 'Taskdeck',
  'taskdeck-1m': 'Taskdeck, 1,000,000 finished',
  'taskdeck-postgres': 'Taskdeck on the Postgres engine',
  'bullmq-redis': 'raw BullMQ on Redis',
  'bullmq-postgres': 'raw BullMQ on Postgres',
  'pg-boss': 'pg-boss, in batches',
  'graphile-worker': 'graphile-worker',
  plain: 'BullMQ + REST updates',
};

const whole = (value: number | undefined): string =>
  value === undefined ? '' : Math.round(value).toLocaleString('en');
const times = (value: Quantiles | undefined): string =>
  value === undefined ? '' : `${value.p50.toFixed(1)} / ${value.p95.toFixed(1)}`;
const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;

type Column = { head: string; cell: (medians: Medians) => string };

const rates: Column[] = [
  { head: 'accept in bulk', cell: ({ bulk }) => whole(bulk) },
  { head: 'singly, 1 caller', cell: ({ single }) => whole(single) },
  { head: 'singly, 100 callers', cell: ({ single100 }) => whole(single100) },
  { head: 'run and record', cell: ({ run }) => whole(run) },
  { head: 'end to end', cell: ({ endToEnd }) => whole(endToEnd) },
];

const cpu: Column[] = [
  { head: 'worker', cell: ({ cpu }) => whole(cpu?.worker) },
  { head: 'Postgres', cell: ({ cpu }) => whole(cpu?.postgres) },
  { head: 'Redis', cell: ({ cpu }) => whole(cpu?.redis) },
  { head: 'together', cell: ({ cpu }) => whole(cpu && cpu.worker + cpu.postgres + cpu.redis) },
];

const latencies: Column[] = [
  { head: 'submit to accepted', cell: ({ accept }) => times(accept) },
  { head: 'submit to start', cell: ({ start }) => times(start) },
  { head: 'submit to recorded', cell: ({ recorded }) => times(recorded) },
];

const memory: Column[] = [
  { head: 'Redis, bytes a task', cell: (medians) => whole(medians.memory?.redisBytes) },
  { head: 'tables, bytes a task', cell: (medians) => whole(medians.memory?.tableBytes) },
  {
    head: 'memory of the producer',
    cell: (medians) => (medians.memory === undefined ? '' : megabytes(medians.memory.producerRss)),
  },
];

/** A table of the peers that have anything in its columns, in Markdown; empty when none has. */
function table(results: Results, columns: Column[]): string {
  const rows = (Object.keys(titles) as PeerName[]).flatMap((name) => {
    const samples = results.peers[name];
    if (!samples) return [];
    const cells = columns.map(({ cell }) => cell(mediansOf(samples)));
    return cells.some((cell) => cell !== '') ? [[titles[name], ...cells]] : [];
  });
  if (rows.length === 0) return '';
  const lines = [['', ...columns.map(({ head }) => head)], ['---', ...columns.map(() => '---:')], ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function verdicts(judged: Verdict[]): string {
  const rows = judged.map(
    ({ title, measured, relation, bar, met }) =>
      `| ${title} | ${measured.toFixed(2)} | ${relation} ${bar.toFixed(2)} | ${met ? 'met' : '**missed**'} |`,
  );
  return ['| | measured | bar | |', '|---|---:|---:|---|', ...rows].join('\n');
}

/** The whole report in Markdown: read in a terminal and kept in docs/performance.md alike. */
export function renderReport(results: Results, judged: Verdict[], run: Circumstances): string {
  const { postgres, redis, node } = run.versions;
  const sections = [
    `\`${run.command}\`, ${run.date}: medians of ${run.rounds} interleaved rounds, ${run.concurrency} bodies at once. ${run.machine}; Postgres ${postgres}, Redis ${redis}, ` +
      `Node ${node}; load average ${run.load.before.toFixed(1)} before, ${run.load.after.toFixed(1)} after.`,
    judged.length > 0 ? verdicts(judged) : '',
    titled('Tasks a second', table(results, rates)),
    titled('CPU time a task that is run and recorded, microseconds', table(results, cpu)),
    titled(`Idle, milliseconds p50 / p95 (one commit alone: ${times(results.commit)})`, table(results, latencies)),
    titled(`${whole(waitingTasks(results))} tasks waiting`, table(results, memory)),
  ];
  return `${sections.filter(Boolean).join('\n\n')}\n`;
}

/** How many tasks waited when memory was measured: the same for all peers. */
const waitingTasks = ({ peers }: Results): number | undefined =>
  Object.values(peers).flatMap(({ memory }) => memory)[0]?.tasks;

const titled = (title: string, body: string): string => (body === '' ? '' : `**${title}**\n\n${body}`);

/**
 * The document with the report between its two marks.
 *
 * @param block whose marks.
 * @throws Error when a mark is missing: nothing is written over then
 */
export function replaceBlock(document: string, report: string, block = 'bench'): string {
  const [begin, end] = [`<!-- ${block}:begin -->`, `<!-- ${block}:end -->`];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the document has no ${begin} … ${end}`);
  return `${document.slice(0, from + begin.length)}\n${report}${document.slice(to)}`;
}
