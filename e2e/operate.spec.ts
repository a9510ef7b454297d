import type { Locator, Page } from '@playwright/test';
import type { WorkerInfo } from '#lib/workers/types';
import { getTask, submit, waitForState } from './support/api.ts';
import { environment } from './support/environment.ts';
import { expect, test } from './support/test.ts';

const status = '[data-testid="task-status"]';

/** Makes a queue of its own by the page, so that no other test is disturbed; the page is then /queues. */
async function makeQueue(page: Page): Promise<{ name: string; row: Locator }> {
  const name = `e2e-${Date.now().toString(36)}`;
  await page.goto('/queues');
  await page.getByRole('button', { name: 'New queue' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('button', { name: 'Create' }).click();
  const row = page.getByRole('listitem').filter({ has: page.getByRole('link', { name, exact: true }) });
  await expect(row).toBeVisible();
  return { name, row };
}

test('a paused queue starts nothing until it is resumed', { tag: '@engine' }, async ({ page }) => {
  const { name, row } = await makeQueue(page);
  await page.getByRole('button', { name: `Pause ${name}` }).click();
  await expect(row.getByText('paused')).toBeVisible();

  const held = await submit('sendMessage', { message: 'while paused' }, { queue: name });
  // One that was submitted later and is not held shows that the worker had the time.
  await waitForState(await submit('sendMessage', { message: 'elsewhere' }), ['completed']);
  expect((await getTask(held)).state).toBe('pending');

  await page.getByRole('button', { name: `Resume ${name}` }).click();
  await expect(row.getByText('paused')).toHaveCount(0);
  await waitForState(held, ['completed']);
});

test('a setting of a queue is changed, and a wrong one is refused at its field', async ({ page }) => {
  const { name, row } = await makeQueue(page);
  await page.getByRole('button', { name: `Settings of ${name}` }).click();
  const field = page.getByRole('textbox', { name: 'Concurrency', exact: true });
  await field.fill('0');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await field.fill('3');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(row.getByText('3 per worker')).toBeVisible();
});

test('a worker is paused and takes tasks again', async ({ page }) => {
  await page.goto('/workers');
  const workers = page.getByRole('list', { name: 'Workers' }).getByRole('listitem');
  const running = workers.filter({ hasText: /Running · version/ });
  const paused = workers.filter({ hasText: /Paused · version/ });
  try {
    await running
      .first()
      .getByRole('button', { name: /^Actions for / })
      .click();
    await page.getByRole('menuitem', { name: 'Pause' }).click();
    await expect(paused).toHaveCount(1, { timeout: 20_000 });
    await paused.getByRole('button', { name: /^Actions for / }).click();
    await page.getByRole('menuitem', { name: 'Resume' }).click();
    await expect(paused).toHaveCount(0, { timeout: 20_000 });
    await waitForState(await submit('sendMessage', { message: 'after the pause' }), ['completed']);
  } finally {
    await resumeWorkers(page);
  }
});

/** A worker left paused would fail every test after this one. */
async function resumeWorkers(page: Page): Promise<void> {
  const { workers } = (await (await page.request.get('/api/workers')).json()) as { workers: WorkerInfo[] };
  for (const { id } of workers.filter(({ state }) => state === 'paused')) {
    await page.request.post(`/api/workers/${encodeURIComponent(id)}/resume`, {
      headers: { origin: environment.TASKDECK_URL },
    });
  }
}

test('a task is paused and resumed from its page', async ({ page }) => {
  const id = await submit('sendMessage', { message: 'later' }, { delayMs: 3_600_000 });
  await page.goto(`/tasks/${id}`);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.locator(status)).toHaveText('paused');
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.locator(status)).toHaveText('scheduled');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator(status)).toHaveText('cancelled');
});

/** A task that has failed for good. */
async function failedTask(): Promise<string> {
  const id = await submit('flakyReport', { failures: 1, steps: 1, stepMs: 1 }, { attempts: 1 });
  await waitForState(id, ['failed']);
  return id;
}

test('a failed task is put right and runs again', async ({ page }) => {
  const id = await failedTask();
  await page.goto(`/tasks/${id}`);
  await page.getByRole('button', { name: 'Edit and redrive' }).click();
  const failures = page.getByRole('textbox', { name: /failures/i });
  await failures.fill('0');
  await expect(page.getByRole('list', { name: 'Changes' })).toContainText('failures');
  await page.getByRole('button', { name: 'Redrive with this payload' }).click();
  await expect(page.locator(status)).toHaveText('completed', { timeout: 30_000 });
});

test('dead letters are opened, and dismissed with a reason', async ({ page }) => {
  const id = await failedTask();
  await page.goto('/dead-letters');
  const group = page
    .getByRole('list', { name: /^Groups of dead letters/ })
    .getByRole('listitem')
    .filter({ hasText: 'flakyReport' })
    .first();
  await group.getByRole('button', { expanded: false }).click();
  await expect(group.locator(`a[href="/tasks/${id}"]`)).toBeVisible();
  await group.getByRole('button', { name: 'Dismiss' }).click();
  await page.getByRole('textbox', { name: 'Reason' }).fill('The report is flaky on purpose.');
  await page.getByRole('dialog').getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByRole('list', { name: 'In the background' })).toContainText('Dismissed', { timeout: 30_000 });
  await expect(page.locator(`a[href="/tasks/${id}"]`)).toHaveCount(0);
  expect((await getTask(id)).dismissedAt).not.toBeNull();
});
