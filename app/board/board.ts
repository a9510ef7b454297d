import { AsyncLocalStorage } from 'node:async_hooks';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { HonoAdapter } from '@bull-board/hono';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Queue } from 'bullmq';
import { Hono } from 'hono';
import type { Actor } from '#lib/access/index';
import { parseInput } from '#lib/json/index';
import { engine, pauseQueue, queuePatchSchema, queueSettings, updateQueue } from '#lib/queues/index';
import type { JobData, QueuePatch } from '#lib/queues/index';

/** The public path: the assets and the board's own API are found only if it is the same here and in the URL. */
const basePath = '/board';

// Its loading screen and styles are inline; its scripts are files. Nothing is fetched from elsewhere.
const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  // The app shows it within its own frame; nobody else does.
  "frame-ancestors 'self'",
  "base-uri 'self'",
  "object-src 'none'",
  "form-action 'self'",
].join('; ');

function openBoard() {
  const adapter = new HonoAdapter(serveStatic).setBasePath(basePath);
  const { replaceQueues } = createBullBoard({
    queues: [],
    serverAdapter: adapter,
    options: {
      uiConfig: {
        boardTitle: 'Taskdeck',
        hideDocsLink: true,
        showWorkers: false,
        miscLinks: [{ text: 'Back to Taskdeck', url: '/' }],
      },
    },
  });
  const app = new Hono();
  app.route(basePath, adapter.registerPlugin());
  return { app, replaceQueues, adapters: new Map<Queue, BullMQAdapter>() };
}

let opened: ReturnType<typeof openBoard> | undefined;

/** Who asks: the board hands its adapters no request. */
const asker = new AsyncLocalStorage<Actor>();

/** Answers a request under /board with Bull Board. Whether the asker may is the caller's to check. */
export async function serveBoard(request: Request, actor: Actor): Promise<Response> {
  const board = (opened ??= openBoard());
  const { pathname } = new URL(request.url);
  // The page itself comes also while the engine is away; its data then is a 503.
  if (pathname.startsWith(`${basePath}/api/`)) await syncQueues(board);
  const response = await asker.run(actor, async () => board.app.fetch(request));

  const headers = new Headers(response.headers);
  headers.set('content-security-policy', policy);
  if (pathname.startsWith(`${basePath}/static/`) && response.ok) {
    // The names hold a hash of the content, but not the icons' and texts'.
    headers.set(
      'cache-control',
      /\.[0-9a-f]{10}\./.test(pathname) ? 'private, max-age=31536000, immutable' : 'private, max-age=3600',
    );
  }
  if (!headers.get('content-type')?.startsWith('text/html'))
    return new Response(response.body, { status: response.status, headers });
  headers.delete('content-length');
  const html = leavingTheFrame(withoutOutsideLinks(await response.text()));
  return new Response(html, { status: response.status, headers });
}

/** Queues come and go in Postgres while the board stands. An adapter is kept as long as its queue. */
async function syncQueues({ adapters, replaceQueues }: ReturnType<typeof openBoard>): Promise<void> {
  const queues = await Promise.all((await queueSettings()).map(({ name }) => engine().queue(name)));
  for (const known of adapters.keys()) if (!queues.includes(known)) adapters.delete(known);
  for (const queue of queues) if (!adapters.has(queue)) adapters.set(queue, new QueueAdapter(queue));
  replaceQueues([...adapters.values()]);
}

/**
 * The board's adapter of a queue. What is paused or limited there is paused or limited in Postgres, or it would not last.
 * A retry from the board makes no task run twice: the claim in Postgres refuses a job of an older gen.
 */
class QueueAdapter extends BullMQAdapter {
  private readonly name: string;

  constructor(queue: Queue) {
    super(queue, {
      displayName: queue.name,
      externalJobUrl: ({ data }) => ({
        href: `/tasks/${encodeURIComponent(String((data as Partial<JobData> | undefined)?.taskId))}`,
        displayText: 'Task',
      }),
    });
    this.name = queue.name;
  }

  override async pause(): Promise<void> {
    await pauseQueue(actorOfRequest(), this.name);
  }

  override async resume(): Promise<void> {
    await updateQueue(actorOfRequest(), this.name, { paused: false }, 'queue.resume');
  }

  override setGlobalConcurrency(concurrency: number): Promise<void> {
    return this.update({ globalConcurrency: concurrency > 0 ? concurrency : null });
  }

  override setConfiguredRateLimit({ max, duration }: { max: number; duration: number }): Promise<void> {
    return this.update({ rateLimit: { max, perMs: duration } });
  }

  override removeConfiguredRateLimit(): Promise<void> {
    return this.update({ rateLimit: null });
  }

  private async update(patch: QueuePatch): Promise<void> {
    await updateQueue(actorOfRequest(), this.name, parseInput(queuePatchSchema, patch));
  }
}

function actorOfRequest(): Actor {
  const actor = asker.getStore();
  if (!actor) throw new Error('the board was asked by nobody');
  return actor;
}

/** The page names a font at Google. The policy would refuse it; without the link there is no error in the console. */
const withoutOutsideLinks = (html: string): string => html.replaceAll(/<link\b[^>]*\bhref="https?:\/\/[^>]*>/g, '');

/** Within the app's frame a link to a task opens the app, not the app within its own frame. */
const leavingTheFrame = (html: string): string =>
  html.replace(/<base href="([^"]*)" ?\/?>/, '<base href="$1" target="_top" />');
