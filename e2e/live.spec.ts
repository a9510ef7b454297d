import { submit, waitForState } from './support/api.ts';
import { killPart, processOf } from './support/environment.ts';
import { expect, test } from './support/test.ts';

const shows = (id: string, state: string) => `li:has(a[href="/tasks/${id}"]) [data-tone="${state}"]`;

test('two browsers see the same change, without a reload', { tag: '@engine' }, async ({ browser, session }) => {
  const contexts = await Promise.all([0, 1].map(() => browser.newContext({ storageState: session })));
  const pages = await Promise.all(contexts.map((context) => context.newPage()));
  for (const page of pages) {
    await page.goto('/tasks');
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
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
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  const before = processOf('gateway');
  killPart('gateway');
  const missed = await submit('sendMessage', { message: 'while the gateway was down' });
  await waitForState(missed, ['completed']);
  await expect.poll(() => processOf('gateway'), { timeout: 20_000 }).not.toBe(before);
  await expect(page.locator(shows(missed, 'completed')).first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Live', { exact: true })).toBeVisible({ timeout: 30_000 });
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
