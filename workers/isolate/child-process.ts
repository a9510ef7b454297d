import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setImmediate as nextEvents } from 'node:timers/promises';
import { atMost } from '#lib/at-most';
import { log } from '#lib/observability/index';
import type { Ports, Work } from '../runner/context.ts';
import { exitReason } from './exit-reason.ts';
import { killGroup } from './kill-group.ts';
import { killMarked, markVariable } from './marked.ts';
import { abortOrder, type Order, readReport, refusalOrder, type Report } from './protocol.ts';
import { keepTail } from './tail.ts';

/** How a run ended: the child said so, or its process is gone. `unbegun`: it could take a task, but had not begun this one. */
export type RunEnd = Extract<Report, { type: 'ended' }> | { type: 'exited'; reason: string; unbegun: boolean };

export type Child = {
  memoryMb: number;
  /** Runs a handler, one at a time; `begin` is called when it begins. Never rejects. */
  run(work: Work, ports: Ports, begin: () => void): Promise<RunEnd>;
  /** The last of what it wrote since its handler began. */
  output(): { stdout: string; stderr: string };
  /** Kills it and what it has started; resolves when all of it is gone. */
  kill(): Promise<string>;
  /** Resolves with the reason when it is gone, and what it has started too. */
  exited: Promise<string>;
};

const program = new URL('./child.ts', import.meta.url);
/** Each child runs one handler, and few handlers use the database. */
const databasePool = '2';
const outputLimitMs = 1_000;
/** A process that cannot take a task by then is killed: on a busy machine it may need many seconds. */
const startLimitMs = 60_000;

/** Starts the process of isolated handlers: marked and a group of its own, so that all it starts can be killed with it. */
export function startChild(memoryMb: number, sources: string[]): Child {
  const mark = randomUUID();
  const child = fork(program, [String(process.pid), String(memoryMb), ...sources], {
    detached: true,
    env: { ...process.env, DATABASE_POOL: databasePool, [markVariable]: mark },
    execArgv: [...process.execArgv.filter((flag) => !flag.startsWith('--inspect')), `--max-old-space-size=${memoryMb}`],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const [stdout, stderr] = [keepTail(child.stdout), keepTail(child.stderr)];
  let current: { ports: Ports; begin(): void; end(report: RunEnd): void } | undefined;
  let isReady = false;
  let isGone = false;
  let setReady = (): void => undefined;
  const ready = new Promise<void>((resolve) => (setReady = resolve));
  const startLimit = setTimeout(kill, startLimitMs);

  function kill(): void {
    if (child.pid !== undefined) killGroup(child.pid);
  }

  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`The handler's process could not be started: ${error.message}`));
    child.once('exit', async (code, signal) => {
      clearTimeout(startLimit);
      await killStarted();
      // From now on its number may be another process's.
      isGone = true;
      // Its last words may still be in the pipe.
      await atMost(outputLimitMs, closed);
      resolve(exitReason({ ready: isReady, code, signal, stderr: stderr.read(), memoryMb }));
    });
  });

  /** What it started goes with it. */
  async function killStarted(): Promise<void> {
    kill();
    try {
      const pids = await killMarked(mark);
      if (pids.length > 0) log.warn('Processes that an isolated handler started could not be killed', { pids });
    } catch (error) {
      log.warn('Processes that an isolated handler may have started could not be looked for', { error });
    }
  }

  function send(order: Order): void {
    // A child that is gone has nothing more to hear: `exited` tells.
    if (child.connected) child.send(order, (error) => error && log.debug('A child did not hear', { error }));
  }

  async function answer(call: number, work: Promise<{ id?: string } | void>): Promise<void> {
    try {
      send({ type: 'answer', call, ...(await work) });
    } catch (error) {
      send(refusalOrder(call, error));
    }
  }

  function hear(report: Report): void {
    if (report.type === 'ready') {
      clearTimeout(startLimit);
      isReady = true;
      setReady();
    }
    if (report.type === 'late') hearLate(report);
    if (!current) return;
    const { ports } = current;
    if (report.type === 'begun') current.begin();
    if (report.type === 'log') ports.log[report.level](report.message, report.fields ?? undefined);
    if (report.type === 'progress') ports.progress(report.value);
    if (report.type === 'heartbeat') ports.heartbeat();
    if (report.type === 'flush') void answer(report.call, ports.flush());
    if (report.type === 'emit') void answer(report.call, ports.emit(report.name, report.payload, report.options));
    if (report.type === 'ended') current.end(report);
  }

  /** Whoever runs there now is not to blame, but may suffer from it, and is told. */
  function hearLate({ taskId, error }: Extract<Report, { type: 'late' }>): void {
    log.warn('An isolated handler threw after its attempt had ended', { taskId, error });
    const said = `Work that was left behind in this process threw an error: ${error.message}`;
    current?.ports.log.warn(said, { task: taskId });
  }

  child.on('message', (message) => {
    const report = readReport(message);
    if (report) hear(report);
    else log.warn('An isolated handler sent a message that is none of ours');
  });

  async function run(work: Work, ports: Ports, begin: () => void): Promise<RunEnd> {
    let begun = false;
    const gone = exited.then((reason): RunEnd => ({ type: 'exited', reason, unbegun: isReady && !begun }));
    // An earlier handler may have left it busy for ever.
    let beginLimit: NodeJS.Timeout | undefined;
    const setBegun = () => {
      begun = true;
      clearTimeout(beginLimit);
      begin();
    };
    const ended = new Promise<RunEnd>((end) => (current = { ports, begin: setBegun, end }));
    const abort = () => send(abortOrder(ports.signal.reason));
    void ready.then(() => {
      // What an earlier one wrote is not this one's; of a start that failed it is the reason.
      for (const tail of [stdout, stderr]) tail.clear();
      beginLimit = setTimeout(kill, startLimitMs);
      send({ type: 'run', work: toWork(work) });
      if (ports.signal.aborted) abort();
    });
    ports.signal.addEventListener('abort', abort);
    const end = await Promise.race([ended, gone]);
    clearTimeout(beginLimit);
    ports.signal.removeEventListener('abort', abort);
    current = undefined;
    // What it wrote before it said so has come by then.
    await nextEvents();
    return end;
  }

  return {
    memoryMb,
    run,
    output: () => ({ stdout: stdout.read(), stderr: stderr.read() }),
    kill: () => {
      if (!isGone) kill();
      return exited;
    },
    exited,
  };
}

/** Only what the child needs goes to it. */
function toWork(task: Work): Work {
  const { id, fence, attempt, maxAttempts, definition, payload, retry, metadata, parentId, correlationId } = task;
  return { id, fence, attempt, maxAttempts, definition, payload, retry, metadata, parentId, correlationId };
}
