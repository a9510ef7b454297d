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
import type { Page } from '@playwright/test';
import { z } from 'zod';
import { joinRunningCopy } from '../scripts/start/running-copy.ts';
import { percentile } from './statistics.ts';
import { launchChromium, signIn } from './ui/browser.ts';
import { seeInList } from './ui/pixels.ts';

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
  })
  .parse(process.env);

type Sample = { commitToPixelMs: number; submitToPixelMs: number };

/** Submits in the page itself and waits for the frame that shows the new row as completed. */
async function measureOne(page: Page): Promise<Sample> {
  let submittedAt = Number.NaN;
  const { id, at } = await seeInList(page, async () => {
    const submitted = await page.evaluate(submitMessage);
    submittedAt = submitted.at;
    return submitted.id;
  });
  const task = (await (await page.request.get(`/api/tasks/${id}`)).json()) as { finishedAt: string };
  return { commitToPixelMs: at - Date.parse(task.finishedAt), submitToPixelMs: at - submittedAt };
}

/** Runs in the page. */
async function submitMessage(): Promise<{ id: string; at: number }> {
  const at = performance.timeOrigin + performance.now();
  const response = await fetch('/api/tasks', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ definition: 'sendMessage', payload: { message: 'How long until you see this?' } }),
  });
  if (response.status !== 202) throw new Error(`submit answered ${response.status}`);
  const { id } = (await response.json()) as { id: string };
  return { id, at };
}

function describe(samples: number[]) {
  const round = (ms: number) => Math.round(ms * 10) / 10;
  return {
    p50: round(percentile(samples, 0.5)),
    p95: round(percentile(samples, 0.95)),
    p99: round(percentile(samples, 0.99)),
    max: round(Math.max(...samples)),
  };
}

const browser = await launchChromium();
try {
  const page = await browser.newPage({ baseURL: env.TASKDECK_URL });
  await signIn(page, { email: env.TASKDECK_ADMIN_EMAIL, password: env.TASKDECK_ADMIN_PASSWORD });
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
