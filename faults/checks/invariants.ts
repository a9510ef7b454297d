import { isTerminal, mayBecome } from '#lib/tasks/state';
import type { LedgerEvent } from '../lab/ledger.ts';
import type { Transition } from '../lab/transitions.ts';
import type { Evidence, TaskRow } from './evidence.ts';

/** Invariant by name, and what breaks it; at most `shown` cases of each are told. */
export type Violations = { invariant: string; count: number; cases: string[] };

type Invariant = { name: string; broken: (evidence: Evidence) => string[] };

const shown = 5;

const startsOf = (ledger: LedgerEvent[]): LedgerEvent[] => ledger.filter(({ ev }) => ev === 'start');
const byTask = <T extends { task: string }>(items: T[]): Map<string, T[]> => Map.groupBy(items, ({ task }) => task);

/** The changes into a terminal state. */
const endings = (transitions: Transition[]): Transition[] =>
  transitions.filter(({ before, after }) => before !== after && isTerminal(after));

/** I1 Nothing accepted is lost: each has ended. */
export function lost({ accepted, tasks }: Evidence): string[] {
  const ended = new Set(tasks.filter(({ state }) => isTerminal(state)).map(({ id }) => id));
  return accepted.flatMap(({ id }) => (ended.has(id) ? [] : [id]));
}

/** I2 A key stands for one task, however often it was sent. */
function doubled({ tasks, contradictions }: Evidence): string[] {
  const keys = Map.groupBy(
    tasks.filter(({ key }) => key !== null),
    ({ key }) => key,
  );
  return [
    ...contradictions,
    ...[...keys].flatMap(([key, rows]) => (rows.length > 1 ? [`${key}: ${rows.length} rows`] : [])),
  ];
}

/** I3 A completed task runs no more: no body began under a later fence, and no claim's body began twice. */
export function reRun({ ledger, transitions }: Evidence): string[] {
  const completed = new Map(
    transitions.flatMap((change) => (change.after === 'completed' ? [[change.task, change.fence] as const] : [])),
  );
  const seen = new Set<string>();
  return startsOf(ledger).flatMap(({ task, fence, pid }) => {
    const claim = `${task} fence ${fence}`;
    const again = seen.has(claim);
    seen.add(claim);
    return again || fence > (completed.get(task) ?? Infinity) ? [`${claim} by ${pid}`] : [];
  });
}

/** I4 One outcome: a gen ends once, and the row keeps the fence that ended it. */
function twoOutcomes({ tasks, transitions }: Evidence): string[] {
  const ends = byTask(endings(transitions));
  const rows = new Map(tasks.map((row) => [row.id, row]));
  return [...ends].flatMap(([task, changes]) => {
    const gens = new Set(changes.map(({ gen }) => gen));
    const last = changes.at(-1);
    const row = rows.get(task);
    const twice = gens.size < changes.length ? [`${task}: ended ${changes.length} times in ${gens.size} gens`] : [];
    const moved = row && last && isTerminal(row.state) && row.fence !== last.fence;
    return moved ? [...twice, `${task}: ended by fence ${last.fence}, stands at ${row.fence}`] : twice;
  });
}

/** I5 Stale writers are refused: the result is that of the fence which ended the task, written by the process that ran it. */
function staleResults({ tasks, ledger }: Evidence): string[] {
  const runners = new Map(startsOf(ledger).map(({ task, fence, pid }) => [`${task} ${fence}`, pid]));
  return tasks.flatMap(({ id, state, fence, result }) => {
    if (state !== 'completed' || result?.fence === undefined) return [];
    if (result.fence !== fence) return [`${id}: result of fence ${result.fence}, row of fence ${fence}`];
    return runners.get(`${id} ${fence}`) === result.pid
      ? []
      : [`${id}: no body of process ${result.pid} is in the ledger`];
  });
}

/** I6 Attempts are bounded, and each body had a claim of its own. */
function tooManyAttempts({ tasks, ledger }: Evidence): string[] {
  const starts = byTask(startsOf(ledger));
  return tasks.flatMap(({ id, attempt, maxAttempts, fence }) => {
    const fences = new Set((starts.get(id) ?? []).map((start) => start.fence));
    if (attempt > maxAttempts) return [`${id}: attempt ${attempt} of ${maxAttempts}`];
    return Math.max(0, ...fences) > fence
      ? [`${id}: ran under fence ${Math.max(...fences)}, was claimed ${fence} times`]
      : [];
  });
}

/** I7 Each change is an allowed one, follows the one before it, and lowers neither fence nor gen. */
export function illegal({ transitions, refusedByGuard }: Evidence): string[] {
  const chains = [...byTask(transitions).values()].flatMap((changes) =>
    changes.flatMap((change, index) => {
      const previous = changes[index - 1];
      const told = `${change.task}: ${change.before} to ${change.after}`;
      if (change.before === null) return index === 0 ? [] : [told];
      if (!previous || previous.after !== change.before) return [`${told}, but it was ${previous?.after}`];
      if (change.fence < previous.fence || change.gen < previous.gen) return [`${told}: fence or gen fell`];
      return change.before === change.after || mayBecome(change.before, change.after) ? [] : [told];
    }),
  );
  return [...chains, ...refusedByGuard];
}

/** I8 The stores agree at rest: nothing waits or runs in either. */
function leftOver({ tasks, jobsLeft }: Evidence): string[] {
  return [...tasks.flatMap(({ id, state }) => (isTerminal(state) ? [] : [`${id} is ${state}`])), ...jobsLeft];
}

/** I9 The data is intact: the result is the hash of what was sent. */
function damaged({ accepted, tasks }: Evidence): string[] {
  const rows = new Map<string, TaskRow>(tasks.map((row) => [row.id, row]));
  return accepted.flatMap(({ id, sha256 }) => {
    const row = rows.get(id);
    return sha256 !== null && row?.state === 'completed' && row.result?.sha256 !== sha256
      ? [`${id}: another hash`]
      : [];
  });
}

/** I11 A task whose cancel was confirmed at once begins no body afterwards, and stays cancelled. */
function cancelledRan({ ledger, transitions }: Evidence): string[] {
  const cancelledAt = new Map(
    endings(transitions).flatMap((change) =>
      change.after === 'cancelled' ? [[change.task, change.fence] as const] : [],
    ),
  );
  const redriven = new Set(transitions.flatMap(({ before, task }) => (before && isTerminal(before) ? [task] : [])));
  return startsOf(ledger).flatMap(({ task, fence }) =>
    !redriven.has(task) && fence > (cancelledAt.get(task) ?? Infinity) ? [`${task} ran under fence ${fence}`] : [],
  );
}

const invariants: Invariant[] = [
  { name: 'I1 nothing accepted is lost', broken: lost },
  { name: 'I2 one task a key', broken: doubled },
  { name: 'I3 completed tasks never run again', broken: reRun },
  { name: 'I4 one outcome', broken: twoOutcomes },
  { name: 'I5 stale writers are refused', broken: staleResults },
  { name: 'I6 attempts are bounded', broken: tooManyAttempts },
  { name: 'I7 only allowed transitions', broken: illegal },
  { name: 'I8 the stores agree at rest', broken: leftOver },
  { name: 'I9 the data is intact', broken: damaged },
  { name: 'I11 cancelled tasks do not run', broken: cancelledRan },
];

/** Holds the evidence against every invariant; returns those that are broken. */
export const checkInvariants = (evidence: Evidence): Violations[] =>
  invariants.flatMap(({ name, broken }) => {
    const cases = broken(evidence);
    return cases.length === 0 ? [] : [{ invariant: name, count: cases.length, cases: cases.slice(0, shown) }];
  });
