import type { PeerName } from './peers/names.ts';
import { mediansOf, type Medians, type Results } from './results.ts';

/** One thing that was promised: `met` says whether `measured` is at least, or at most, `bar`. */
export type Verdict = { title: string; measured: number; relation: 'at least' | 'at most'; bar: number; met: boolean };

/** What the speed of Taskdeck is judged by, as far as both sides of a comparison were measured. */
export function judge(results: Results): Verdict[] {
  const of = (name: PeerName): Partial<Medians> => {
    const samples = results.peers[name];
    return samples ? mediansOf(samples) : {};
  };
  const [own, raw] = [of('taskdeck'), of('bullmq-redis')];
  const atLeast = (title: string, value: number | undefined, other: number | undefined, bar: number): Verdict[] =>
    value === undefined || other === undefined
      ? []
      : [{ title, measured: value / other, relation: 'at least', bar, met: value / other >= bar }];
  return [
    ...atLeast('accept in bulk, of raw addBulk', own.bulk, raw.bulk, 0.5),
    ...atLeast('run and record, of raw BullMQ on Redis', own.run, raw.run, 0.5),
    ...atLeast('end to end, of pg-boss', own.endToEnd, of('pg-boss').endToEnd, 1),
    ...atLeast('end to end, of BullMQ with REST updates', own.endToEnd, of('plain').endToEnd, 8),
    ...startInTime(own.start?.p50, raw.start?.p50, results.commit.p50),
    ...atLeast('run and record with 1,000,000 finished, of an empty table', of('taskdeck-1m').run, own.run, 0.9),
  ];
}

/** Milliseconds, p50. */
function startInTime(own: number | undefined, raw: number | undefined, commit: number): Verdict[] {
  if (own === undefined || raw === undefined) return [];
  const bar = 3 * raw + commit;
  return [
    {
      title: 'submit to start in ms, of 3 × raw BullMQ + one commit',
      measured: own,
      relation: 'at most',
      bar,
      met: own <= bar,
    },
  ];
}
