import type { SearchableTask } from './types.ts';

// What a search asks of a task beside its text, as words of its document. None can be a word of a text: they hold "=".

/** Attempts above it share a mark. */
const mostAttempts = 20;

export const mark = {
  shelf: (shelf: number) => `b=${shelf}`,
  definition: (name: string) => `d=${name}`,
  queue: (name: string) => `q=${name}`,
  state: (state: string) => `s=${state}`,
  worker: (id: string) => `w=${id}`,
  tag: (tag: string) => `t=${tag}`,
  submitter: (actor: string) => `u=${actor}`,
  /** The first eight digits of an id, and the last eight, which the pages show. */
  idBegin: (digits: string) => `p=${digits}`,
  idEnd: (digits: string) => `i=${digits}`,
  /** The day of the end, counted from 1970. */
  finishedDay: (day: number) => `f=${day}`,
  /** Milliseconds of a run by powers of two. */
  runClass: (ms: number) => `r=${runClass(ms)}`,
  attempts: (attempts: number) => `a=${Math.min(attempts, mostAttempts)}`,
};

const runClass = (ms: number): number => Math.floor(Math.log2(ms + 1));

/** The marks of all runs between the two, and some more. */
export function runMarks(min = 0, max = 2 ** 31 - 1): string[] {
  const marks: string[] = [];
  for (let each = runClass(min); each <= runClass(max); each += 1) marks.push(`r=${each}`);
  return marks;
}

/** The marks of all numbers of attempts between the two, and some more. */
export function attemptMarks(min = 0, max = mostAttempts): string[] {
  const marks: string[] = [];
  for (let each = Math.min(min, mostAttempts); each <= Math.min(max, mostAttempts); each += 1) marks.push(`a=${each}`);
  return marks;
}

const dayMs = 86_400_000;
/** More days would be a longer query than what they spare. */
const maxDays = 60;

/** The marks of the days from one time to another, milliseconds since 1970; undefined when they are too many. */
export function dayMarks(from: number, to: number): string[] | undefined {
  const [first, last] = [Math.floor(from / dayMs), Math.floor(to / dayMs)];
  if (last - first > maxDays) return undefined;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => mark.finishedDay(first + index));
}

/** All marks of a task but its shelf's. */
export function marksOf(task: SearchableTask): string[] {
  const digits = task.id.replaceAll('-', '');
  return [
    mark.definition(task.definition),
    mark.queue(task.queue),
    mark.state(task.state),
    mark.submitter(task.submittedBy),
    mark.attempts(task.attempt),
    mark.idBegin(digits.slice(0, 8)),
    mark.idEnd(digits.slice(-8)),
    ...task.tags.map(mark.tag),
    ...(task.workerId === null ? [] : [mark.worker(task.workerId)]),
    ...(task.runMs === null ? [] : [mark.runClass(task.runMs)]),
    ...(task.finishedAt === null ? [] : [mark.finishedDay(Math.floor(task.finishedAt.getTime() / dayMs))]),
  ];
}
