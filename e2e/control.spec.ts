import { submit, waitForState } from './support/api.ts';
import { expect, test } from './support/test.ts';

const status = '[data-testid="task-status"]';

test('a failed task shows its error and is retried from its page', async ({ page }) => {
  // From five failures on, all attempts fail.
  const id = await submit('flakyReport', { failures: 5, steps: 1, stepMs: 1 });
  await waitForState(id, ['failed'], 50_000);
  await page.goto(`/tasks/${id}`);
  await expect(page.locator(status)).toHaveText('failed');
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect(page.locator(status)).not.toHaveText('failed');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator(status)).toHaveText('cancelled');
});

test('a waiting task is cancelled from its page', async ({ page }) => {
  const id = await submit('sendMessage', { message: 'later' }, { delayMs: 3_600_000 });
  await page.goto(`/tasks/${id}`);
  await expect(page.locator(status)).toHaveText('scheduled');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator(status)).toHaveText('cancelled');
});

test('a running task is cancelled from its page', async ({ page }) => {
  const id = await submit('flakyReport', { failures: 0, steps: 20, stepMs: 1_000 });
  await waitForState(id, ['running']);
  await page.goto(`/tasks/${id}`);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator(status)).toHaveText('cancelled');
});

test('the list is narrowed by state, in its address', async ({ page }) => {
  const id = await submit('sendMessage', { message: 'much later' }, { delayMs: 3_600_000 });
  await page.goto('/tasks?state=scheduled');
  await expect(page.locator(`a[href="/tasks/${id}"]`)).toBeVisible();
  await page.goto('/tasks?state=abandoned');
  await expect(page.locator(`a[href="/tasks/${id}"]`)).toHaveCount(0);
});
