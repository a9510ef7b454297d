/**
 * The process of isolated handlers, started by child-process.ts: runs one after the other, and tells its worker all that
 * a handler says. Arguments: the worker's pid, the limit of memory in MB, the URLs of the definitions.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { configureLog, withContext } from '#lib/observability/index';
import type { Definition } from '#lib/tasks/define';
import { toStoredError } from '#lib/tasks/stored';
import { startBody } from '../runner/body.ts';
import { type BodyOutcome, classifyUnhandled } from '../runner/classify.ts';
import type { Executed } from '../runner/complete.ts';
import type { Work } from '../runner/context.ts';
import { type ChildPorts, createChildPorts } from './child-ports.ts';
import { killAll } from './kill-all.ts';
import { createLazyCompletion } from './lazy-completion.ts';
import { createLeftovers } from './leftovers.ts';
import { markVariable } from './marked.ts';
import { type Order, readOrder, type Report, toReason } from './protocol.ts';
import type { WatchdogData } from './watchdog.ts';

/** A handler at work. */
type Run = {
  taskId: string;
  controller: AbortController;
  link: ChildPorts;
  /** Undefined once the outcome of its attempt is known. */
  fail: ((error: unknown) => void) | undefined;
};

const [workerPid, memoryMb, ...sources] = process.argv.slice(2);
const mark = process.env[markVariable] ?? '';
const definitions = new Map<string, Definition>();
/** Whose work it is that runs: what a handler leaves behind stays its own while the next one runs. */
const owner = new AsyncLocalStorage<Run>();
let current: Run | undefined;
/** It is in no known state, or holds what it should not: it runs no other handler. */
let spent = false;

const channel = process.send?.bind(process);
if (!channel) throw new Error('This program is started by a worker only.');
// A library that finds a channel may talk to it.
delete process.send;
const send = (report: Report, sent?: () => void): void => void channel(report, undefined, undefined, sent);

const watch: WatchdogData = { workerPid: Number(workerPid), memoryMb: Number(memoryMb), mark };
const watchdog = new Worker(new URL('./watchdog.ts', import.meta.url), {
  workerData: watch,
  resourceLimits: { maxOldGenerationSizeMb: 32 },
});
const watched = once(watchdog, 'message');

// Its worker is gone, and what this handler writes would be refused.
process.on('disconnect', () => void killAll(process.pid, mark));
process.on('uncaughtException', (error) => {
  spent = true;
  const whose = owner.getStore() ?? current;
  if (whose && whose === current && whose.fail) return whose.fail(error);
  if (whose) return send({ type: 'late', taskId: whose.taskId, error: toStoredError(error) }, endUnlessBusy);
  console.error(error);
  process.exit(1);
});
process.on('message', (message) => {
  const order = readOrder(message);
  if (order) obey(order);
});

/** A handler that runs meanwhile goes on: it has no part in it. */
function endUnlessBusy(): void {
  if (!current) process.exit(1);
}

function obey(order: Order): void {
  if (order.type === 'abort') current?.controller.abort(toReason(order.reason));
  else if (order.type !== 'run') current?.link.settle(order);
  // One that ends begins nothing: its worker sees that and takes another.
  else if (!spent) void run(order.work);
}

async function run(work: Work): Promise<void> {
  send({ type: 'begun' });
  const { id: taskId, attempt, definition } = work;
  const { ending, ended } = await withContext({ taskId, attempt, definition }, () => execute(work));
  const left = findLeftovers();
  if (left !== undefined) {
    spent = true;
    current?.link.ports.log.warn(`The handler left ${left}. Its process is ended with all of it.`);
  }
  current?.link.end();
  await Promise.all([drain(process.stdout), drain(process.stderr)]);
  current = undefined;
  send({ type: 'ended', ending, completed: ended !== undefined, spent });
}

async function execute(work: Work): Promise<Executed> {
  const definition = definitions.get(work.definition);
  if (!definition) return { ending: classifyUnhandled(work) };
  const controller = new AbortController();
  const link = createChildPorts(send, controller.signal);
  const uncaught = Promise.withResolvers<BodyOutcome>();
  const stopped = () => (controller.signal.aborted ? (controller.signal.reason as Error) : undefined);
  const fail = (thrown: unknown) => uncaught.resolve({ returned: false, thrown, stopped: stopped() });
  const own: Run = { taskId: work.id, controller, link, fail };
  current = own;
  return owner.run(own, async () => {
    const body = startBody(definition, work, link.ports, createLazyCompletion(work, link.ports.flush));
    const outcome = await Promise.race([body.settled, uncaught.promise]);
    own.fail = undefined;
    return body.conclude(outcome);
  });
}

/** What the handler wrote belongs to its task: the worker has it before the next one begins. */
function drain(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}

configureLog({ service: 'worker', level: 'warn' });
for (const source of sources) {
  const module = (await import(source)) as { default: Definition };
  definitions.set(module.default.name, module.default);
}
// No handler begins unwatched: one that leaves no file to open would keep the watchdog from loading.
await watched;
watchdog.unref();
const findLeftovers = createLeftovers(mark);
send({ type: 'ready' });
