import type { Browser, BrowserContext, Page } from '@playwright/test';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '#lib/db/index';
import { startWholeApp, type WholeApp } from '../../scripts/test/whole-app.ts';
import { seedFinished } from '../seed.ts';
import { median, percentile } from '../statistics.ts';
import { launchChromium, signIn } from './browser.ts';
import { type Load, startLoad } from './drive.ts';
import { interact } from './interactions.ts';
import { seeInList, seeOnTaskPage } from './pixels.ts';

export type Spread = { p50: number; p95: number; p99: number; samples: number };

export type UiResult = {
  pages: number;
  wantedChanges: number;
  /** Changes a second that there really were. */
  changes: number;
  /** Milliseconds from the database's time in the finishing statement to the frame that shows it. */
  list: Spread;
  task: Spread;
  /** Milliseconds until the next frame. */
  interaction: { p75: number; p95: number; samples: number };
  /** Of the measured page, after a collection. */
  heapMb: { before: number; after: number; minutes: number };
};

export type UiOptions = {
  changesPerSecond: number;
  pages: number[];
  samples: number;
  /** Finished tasks in the table. */
  history: number;
  /** How long one page stays open under load for its memory. */
  minutes: number;
};

/** On a machine that is full a click may take long; that is what is measured. */
const actionTimeoutMs = 120_000;

const spread = (values: number[]): Spread => ({
  p50: median(values),
  p95: percentile(values, 0.95),
  p99: percentile(values, 0.99),
  samples: values.length,
});

/** Pages of a whole running Taskdeck under load, in headless Chromium. */
export async function measureUi(options: UiOptions, say: (text: string) => void): Promise<UiResult[]> {
  // The load's process is the only worker: its tasks do nothing, and no other takes them.
  const app = await startWholeApp('auto', { WORKER_PROCESSES: '0', WORKER_PROCESSES_MIN: '0' });
  if (!app) throw new Error('Taskdeck did not start; see above');
  const browser = await launchChromium();
  try {
    if (options.history > 0) {
      say(`${options.history.toLocaleString('en')} finished tasks are made`);
      await seedFinished(app.env.DATABASE_URL ?? '', options.history);
    }
    const results: UiResult[] = [];
    for (const pages of options.pages) {
      results.push(await measurePages(app, browser, pages, options, say));
      say(JSON.stringify(results.at(-1)));
    }
    return results;
  } finally {
    await browser.close();
    await app.stop();
  }
}

async function measurePages(
  app: WholeApp,
  browser: Browser,
  count: number,
  options: UiOptions,
  say: (text: string) => void,
): Promise<UiResult> {
  const context = await browser.newContext({ baseURL: app.env.TASKDECK_URL ?? '' });
  context.setDefaultTimeout(actionTimeoutMs);
  const load = await startLoad(app.env, options.changesPerSecond);
  const sql = openDatabase(app.env.DATABASE_URL ?? '', { max: 1 });
  const finishedAt = async (id: string): Promise<number> => {
    const [row] = await sql<{ at: Date }[]>`select finished_at as at from tasks where id = ${id}`;
    return row?.at.getTime() ?? Number.NaN;
  };
  try {
    const account = { email: app.env.TASKDECK_ADMIN_EMAIL ?? '', password: app.env.TASKDECK_ADMIN_PASSWORD ?? '' };
    const first = await context.newPage();
    await signIn(first, account);
    await first.close();
    const [page, ...others] = await openLists(context, count);
    if (!page) throw new Error('no page');
    // Chromium gives a tab that is looked at more of the processor than those behind it.
    await page.bringToFront();
    say(`${count} pages are open`);
    const startedAt = performance.now();
    const changesBefore = await load.tell('changes');

    const list: number[] = [];
    for (let index = 0; index < options.samples; index += 1) {
      const { id, at } = await seeInList(page, () => load.tell('probe', { delayMs: 0 }));
      list.push(at - (await finishedAt(id)));
    }
    say(`  in a list p50 ${median(list).toFixed(0)} ms`);
    const interactions = await interact(page, Math.ceil(options.samples / 4));
    say(`  interaction p75 ${percentile(interactions, 0.75).toFixed(0)} ms`);
    const heap = await watchHeap(page, options.minutes);
    say(`  heap ${heap.before.toFixed(1)} → ${heap.after.toFixed(1)} MB`);

    const task: number[] = [];
    for (let index = 0; index < options.samples; index += 1) {
      const { id, at } = await seeOnTaskPage(page, () => load.tell('probe', { delayMs: 3_000 }));
      task.push(at - (await finishedAt(id)));
    }
    const seconds = (performance.now() - startedAt) / 1_000;
    const changes = ((await load.tell('changes')) - changesBefore) / seconds;
    await Promise.all(others.map((other) => other.close()));
    return {
      pages: count,
      wantedChanges: options.changesPerSecond,
      changes,
      list: spread(list),
      task: spread(task),
      interaction: {
        p75: percentile(interactions, 0.75),
        p95: percentile(interactions, 0.95),
        samples: interactions.length,
      },
      heapMb: { ...heap, minutes: options.minutes },
    };
  } finally {
    await stopAll(load, context);
    await sql.end();
  }
}

/** What the list of all tasks takes at first, and after so long under load. */
async function watchHeap(page: Page, minutes: number): Promise<{ before: number; after: number }> {
  await page.goto('/tasks');
  await page.getByTestId('link-state').getByText('Live').waitFor();
  const before = await heapMb(page);
  await pause(minutes * 60_000);
  return { before, after: await heapMb(page) };
}

async function stopAll(load: Load, context: BrowserContext): Promise<void> {
  await load.stop();
  await context.close();
}

/** The first shows the probes alone, as somebody does who waits for their own tasks; the others show everything. */
async function openLists(context: BrowserContext, count: number): Promise<Page[]> {
  const pages: Page[] = [];
  for (let index = 0; index < count; index += 1) {
    const page = await context.newPage();
    await page.goto(index === 0 ? '/tasks?definition=probe' : '/tasks');
    await page.getByTestId('link-state').getByText('Live').waitFor();
    pages.push(page);
  }
  return pages;
}

async function heapMb(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1024 / 1024;
}
