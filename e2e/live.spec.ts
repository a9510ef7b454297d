import type { Page } from '@playwright/test';
import { submit, waitForState } from './support/api.ts';
import { killPart, processOf } from './support/environment.ts';
import { expect, test } from './support/test.ts';

const shows = (id: string, state: string) => `li:has(a[href="/tasks/${id}"]) [data-tone="${state}"]`;

const untilLive = (page: Page) => expect(page.getByText('Live', { exact: true })).toBeVisible({ timeout: 30_000 });

test('two browsers see the same change, without a reload', { tag: '@engine' }, async ({ browser, session }) => {
  const contexts = await Promise.all([0, 1].map(() => browser.newContext({ storageState: session })));
  const pages = await Promise.all(contexts.map((context) => context.newPage()));
  for (const page of pages) {
    await page.goto('/tasks');
    await untilLive(page);
    // A reload would forget this.
    await page.evaluate(() => void (document.documentElement.dataset['sameDocument'] = 'yes'));
  }
  const id = await submit('sendMessage', { message: 'for both' });
  for (const page of pages) {
    await expect(page.locator(shows(id, 'completed')).first()).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('data-same-document', 'yes');
  }
  await Promise.all(contexts.map((context) => context.close()));
});

test('a page outlives a restart of the gateway and shows what it missed', async ({ page }) => {
  await page.goto('/tasks');
  await untilLive(page);
  const before = processOf('gateway');
  killPart('gateway');
  const missed = await submit('sendMessage', { message: 'while the gateway was down' });
  await waitForState(missed, ['completed']);
  await expect.poll(() => processOf('gateway'), { timeout: 20_000 }).not.toBe(before);
  await expect(page.locator(shows(missed, 'completed')).first()).toBeVisible({ timeout: 30_000 });
  await untilLive(page);
  const after = await submit('sendMessage', { message: 'after it was back' });
  await expect(page.locator(shows(after, 'completed')).first()).toBeVisible();
});

test(
  'a worker that is killed in the middle of a task is replaced, and the task ends',
  { tag: '@engine' },
  async ({ page }) => {
    const id = await submit('flakyReport', { failures: 0, steps: 6, stepMs: 1_000 });
    await waitForState(id, ['running']);
    await page.goto(`/tasks/${id}`);
    const before = processOf('worker');
    killPart('worker');
    await expect.poll(() => processOf('worker'), { timeout: 20_000 }).not.toBe(before);
    await expect(page.locator('[data-testid="task-status"]')).toHaveText('completed', { timeout: 50_000 });
    await expect(page.getByText('Attempt 2', { exact: true }).last()).toBeVisible();
  },
);

/** Tells the page that its tab is hidden, or shown again, as the browser does. */
const setVisibility = (page: Page, state: 'hidden' | 'visible') =>
  page.evaluate((state) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, state);

test('a tab that was hidden shows the truth once it is shown again', async ({ page }) => {
  await page.goto('/tasks');
  await untilLive(page);
  await setVisibility(page, 'hidden');
  const missed = await submit('sendMessage', { message: 'while nobody looked' });
  await waitForState(missed, ['completed']);
  await setVisibility(page, 'visible');
  await expect(page.locator(shows(missed, 'completed')).first()).toBeVisible();
});

test('a laptop that slept says so, and shows what it missed when it wakes', async ({ page, context }) => {
  await page.goto('/tasks');
  await untilLive(page);
  await context.setOffline(true);
  await expect(page.getByText('Reconnecting', { exact: true })).toBeVisible();
  const missed = await submit('sendMessage', { message: 'while it slept' });
  await waitForState(missed, ['completed']);
  await context.setOffline(false);
  await expect(page.locator(shows(missed, 'completed')).first()).toBeVisible({ timeout: 30_000 });
  await untilLive(page);
});

test('a token that runs out is replaced, and the page stays live', async ({ page }) => {
  let fetched = 0;
  await page.route('**/api/realtime/token', async (route) => {
    fetched += 1;
    const response = await route.fetch();
    // To the page it is about to end: it must ask anew each time it needs one.
    await route.fulfill({ response, json: { ...(await response.json()), expiresAt: Math.floor(Date.now() / 1_000) } });
  });
  await page.goto('/tasks');
  await untilLive(page);
  const before = fetched;
  await setVisibility(page, 'hidden');
  await setVisibility(page, 'visible');
  await expect.poll(() => fetched).toBeGreaterThan(before);
  const id = await submit('sendMessage', { message: 'with a new token' });
  await expect(page.locator(shows(id, 'completed')).first()).toBeVisible();
  await untilLive(page);
});
