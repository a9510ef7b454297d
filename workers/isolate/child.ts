/**
 * The process of isolated handlers, started by child-process.ts: runs one after the other, and tells its worker all that
 * a handler says. Arguments: the worker's pid, the limit of memory in MB, the URLs of the definitions.
 */
import { Worker } from 'node:worker_threads';
import { configureLog, withContext } from '#lib/observability/index';
import type { Definition } from '#lib/tasks/define';
import { startBody } from '../runner/body.ts';
import { type BodyOutcome, classifyUnhandled } from '../runner/classify.ts';
import type { Executed } from '../runner/complete.ts';
import type { Work } from '../runner/context.ts';
import { type ChildPorts, createChildPorts } from './child-ports.ts';
import { killGroup } from './kill-group.ts';
import { createLazyCompletion } from './lazy-completion.ts';
import { type Order, readOrder, type Report, toReason } from './protocol.ts';
import type { WatchdogData } from './watchdog.ts';

type Current = { controller: AbortController; link: ChildPorts; fail(error: unknown): void };

const [workerPid, memoryMb, ...sources] = process.argv.slice(2);
const definitions = new Map<string, Definition>();
let current: Current | undefined;
let spent = false;

const channel = process.send?.bind(process);
if (!channel) throw new Error('This program is started by a worker only.');
// A library that finds a channel may talk to it.
delete process.send;
const send = (report: Report, sent?: () => void): void => void channel(report, undefined, undefined, sent);

const watch: WatchdogData = { workerPid: Number(workerPid), memoryMb: Number(memoryMb) };
new Worker(new URL('./watchdog.ts', import.meta.url), {
  workerData: watch,
  resourceLimits: { maxOldGenerationSizeMb: 32 },
}).unref();

// Its worker is gone, and what this handler writes would be refused.
process.on('disconnect', () => killGroup(process.pid));
// The process is in no known state then: its attempt fails, and it ends.
process.on('uncaughtException', (error) => {
  spent = true;
  if (current) return current.fail(error);
  console.error(error);
  process.exit(1);
});
process.on('message', (message) => {
  const order = readOrder(message);
  if (order) obey(order);
});

function obey(order: Order): void {
  if (order.type === 'run') void run(order.work);
  else if (order.type === 'abort') current?.controller.abort(toReason(order.reason));
  else current?.link.settle(order);
}

async function run(work: Work): Promise<void> {
  const { id: taskId, attempt, definition } = work;
  const { ending, ended } = await withContext({ taskId, attempt, definition }, () => execute(work));
  current?.link.end();
  current = undefined;
  await Promise.all([drain(process.stdout), drain(process.stderr)]);
  send({ type: 'ended', ending, completed: ended !== undefined, spent }, () => spent && process.exit(1));
}

async function execute(work: Work): Promise<Executed> {
  const definition = definitions.get(work.definition);
  if (!definition) return { ending: classifyUnhandled(work) };
  const controller = new AbortController();
  const link = createChildPorts(send, controller.signal);
  const uncaught = new Promise<BodyOutcome>((resolve) => {
    const stopped = () => (controller.signal.aborted ? (controller.signal.reason as Error) : undefined);
    const fail = (thrown: unknown) => resolve({ returned: false, thrown, stopped: stopped() });
    current = { controller, link, fail };
  });
  const body = startBody(definition, work, link.ports, createLazyCompletion(work, link.ports.flush));
  return body.conclude(await Promise.race([body.settled, uncaught]));
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
send({ type: 'ready' });
