/**
 * How long a change takes from its commit to the page: signs in with real Chromium, opens the task list, submits tasks one by
 * one and measures, for each, the time from the commit of `completed` to the frame that shows it.
 *
 *   npm run bench:live -- [--tasks 60] [--pause 1000] [--json FILE]       against the copy that runs (TASKDECK_DATA_DIR as for npm start)
 *
 * `--pause` milliseconds lie between two tasks: the figure is for an idle system, and the feed sends five messages a second under load.
 * The commit's time is the row's `finished_at`, which the database takes inside the statement: it lies before the commit, so
 * what is reported is never too short. The page's clock is this machine's.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { z } from 'zod';
import { joinRunningCopy } from '../scripts/start/running-copy.ts';

const { values } = parseArgs({
  options: {
    tasks: { type: 'string', default: '60' },
    pause: { type: 'string', default: '1000' },
    json: { type: 'string' },
  },
});
const count = z.coerce.number().int().min(10).max(10_000).parse(values.tasks);

const pauseMs = z.coerce.number().int().min(0).max(60_000).parse(values.pause);

joinRunningCopy();
const env = z
  .object({
    TASKDECK_URL: z.url(),
    TASKDECK_ADMIN_EMAIL: z.string(),
    TASKDECK_ADMIN_PASSWORD: z.string(),
    CHROMIUM_PATH: z.string().default('/usr/bin/chromium'),
  })
  .parse(process.env);

type Sample = { commitToPixelMs: number; submitToPixelMs: number };

async function signIn(page: Page): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(env.TASKDECK_ADMIN_EMAIL);
  await page.getByLabel('Password').fill(env.TASKDECK_ADMIN_PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

/** Submits in the page itself and waits for the frame that shows the new row as completed. */
async function measureOne(page: Page): Promise<Sample> {
  const { id, submittedAt, seenAt } = await page.evaluate(async () => {
    const submittedAt = performance.timeOrigin + performance.now();
    const response = await fetch('/api/tasks', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ definition: 'sendMessage', payload: { message: 'How long until you see this?' } }),
    });
    if (response.status !== 202) throw new Error(`submit answered ${response.status}`);
    const { id } = (await response.json()) as { id: string };
    const shown = () => document.querySelector(`[data-task-id="${id}"] [data-tone="completed"]`) !== null;
    const seenAt = await new Promise<number>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`task ${id} did not show as completed within 10 s`)), 10_000);
      const look = () => {
        if (!shown()) return;
        observer.disconnect();
        clearTimeout(late);
        // The second frame begins when the first, which has the change, is on the screen.
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now())));
      };
      const observer = new MutationObserver(look);
      observer.observe(document.body, { subtree: true, childList: true, attributes: true });
      look();
    });
    return { id, submittedAt, seenAt };
  });
  const task = (await (await page.request.get(`/api/tasks/${id}`)).json()) as { finishedAt: string };
  return { commitToPixelMs: seenAt - Date.parse(task.finishedAt), submitToPixelMs: seenAt - submittedAt };
}

const percentile = (sorted: number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

function describe(samples: number[]) {
  const sorted = samples.toSorted((a, b) => a - b);
  const round = (ms: number) => Math.round(ms * 10) / 10;
  return {
    p50: round(percentile(sorted, 0.5)),
    p95: round(percentile(sorted, 0.95)),
    p99: round(percentile(sorted, 0.99)),
    max: round(sorted.at(-1) ?? Number.NaN),
  };
}

const browser = await chromium.launch({
  executablePath: env.CHROMIUM_PATH,
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-background-networking'],
});
try {
  const page = await browser.newPage({ baseURL: env.TASKDECK_URL });
  await signIn(page);
  await page.goto('/tasks');
  await page.getByText('Live', { exact: true }).waitFor();
  for (let warm = 0; warm < 5; warm += 1) await measureOne(page);
  const samples: Sample[] = [];
  for (let index = 0; index < count; index += 1) {
    await pause(pauseMs);
    samples.push(await measureOne(page));
  }
  const report = {
    tasks: count,
    pauseMs,
    commitToPixelMs: describe(samples.map((sample) => sample.commitToPixelMs)),
    submitToPixelMs: describe(samples.map((sample) => sample.submitToPixelMs)),
  };
  console.log(JSON.stringify(report, null, 2));
  if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
} finally {
  await browser.close();
}
