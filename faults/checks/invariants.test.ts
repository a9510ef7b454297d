import type { TaskState } from '#lib/tasks/state';
import type { LedgerEvent } from '../lab/ledger.ts';
import type { Transition } from '../lab/transitions.ts';
import type { Evidence, TaskRow } from './evidence.ts';
import { countFigures, quantile } from './figures.ts';
import { checkInvariants } from './invariants.ts';

const task = 'a';
const sha256 = 'hash';

let clock = 0;
const event = (ev: LedgerEvent['ev'], fence = 1, pid = 1): LedgerEvent => ({
  run: 'F0',
  task,
  attempt: fence,
  fence,
  pid,
  ev,
  mono: (clock += 1e6),
  wall: 0,
});
const change = (before: TaskState | null, after: TaskState, fence: number, gen = 1): Transition => ({
  seq: (clock += 1),
  task,
  before,
  after,
  fence,
  gen,
  attempt: fence,
  at: new Date(0),
});
const row = (changes: Partial<TaskRow> = {}): TaskRow => ({
  id: task,
  key: 'k',
  state: 'completed',
  gen: 1,
  fence: 1,
  attempt: 1,
  maxAttempts: 3,
  result: { sha256, fence: 1, pid: 1 },
  ...changes,
});

/** One task that ran once and completed. */
const wellDone = (): Evidence => ({
  accepted: [{ id: task, key: 'k', sha256 }],
  contradictions: [],
  tasks: [row()],
  transitions: [change(null, 'pending', 0), change('pending', 'running', 1), change('running', 'completed', 1)],
  ledger: [event('start'), event('effect'), event('end')],
  jobsLeft: [],
  refusedByGuard: [],
  staleWrites: 0,
});

const broken = (changes: Partial<Evidence>): string[] =>
  checkInvariants({ ...wellDone(), ...changes }).map(({ invariant }) => invariant.split(' ')[0] ?? '');

describe('checkInvariants', () => {
  it('finds nothing wrong with a task that ran once', () => {
    expect(broken({})).toEqual([]);
  });

  it('finds nothing wrong with a task whose first worker died', () => {
    const { transitions } = wellDone();
    const again = [
      ...transitions.slice(0, 2),
      change('running', 'retrying', 1, 2),
      change('retrying', 'pending', 1, 2),
      change('pending', 'running', 2, 2),
      change('running', 'completed', 2, 2),
    ];
    const tasks = [row({ gen: 2, fence: 2, attempt: 2, result: { sha256, fence: 2, pid: 2 } })];
    const ledger = [event('start'), event('start', 2, 2), event('end', 2, 2), event('end')];
    expect(broken({ tasks, ledger, transitions: again })).toEqual([]);
  });

  it.each<[string, Partial<Evidence>]>([
    ['I1', { tasks: [], transitions: [], ledger: [] }],
    ['I2', { contradictions: ['key k gave a and b'] }],
    ['I2', { tasks: [row(), row()] }],
    ['I3', { ledger: [event('start'), event('end'), event('start')] }],
    ['I4', { transitions: [...wellDone().transitions, change('completed', 'failed', 1)] }],
    ['I5', { tasks: [row({ result: { sha256, fence: 0, pid: 1 } })] }],
    ['I5', { tasks: [row({ result: { sha256, fence: 1, pid: 2 } })] }],
    ['I6', { tasks: [row({ attempt: 4 })] }],
    ['I7', { transitions: [...wellDone().transitions, change('completed', 'running', 2)] }],
    ['I7', { refusedByGuard: ['a task may not go from completed to running'] }],
    ['I8', { jobsLeft: ['job t-a-1 of default'] }],
    ['I9', { tasks: [row({ result: { sha256: 'another', fence: 1, pid: 1 } })] }],
    ['I11', { transitions: [change(null, 'pending', 0), change('pending', 'cancelled', 0)] }],
  ])('finds that %s is broken', (invariant, changes) => {
    expect(broken(changes)).toContain(invariant);
  });

  it('finds a body that began after its task had completed', () => {
    expect(broken({ ledger: [...wellDone().ledger, event('start', 2)] })).toContain('I3');
  });
});

describe('countFigures', () => {
  it('counts a body that began again as a duplicate, and measures how long that took', () => {
    const ledger = [event('start'), event('start', 2), event('end', 2)];
    expect(countFigures({ ...wellDone(), ledger }, [], [])).toMatchObject({
      duplicateBodies: 1,
      recovery: { p50: 1, max: 1 },
    });
  });

  it('does not count a failure that was asked for', () => {
    const ledger = [event('start'), event('fail'), event('start', 2), event('end', 2)];
    expect(countFigures({ ...wellDone(), ledger }, [], [])).toMatchObject({ duplicateBodies: 0, recovery: null });
  });
});

describe('quantile', () => {
  it('is the value that a share of the samples does not exceed', () => {
    expect([0.5, 0.95, 1].map((q) => quantile([4, 1, 3, 2], q))).toEqual([2, 4, 4]);
  });
});
