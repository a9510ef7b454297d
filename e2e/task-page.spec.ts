import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { getTask, submit, waitForState } from './support/api.ts';
import { expect, test } from './support/test.ts';

const status = '[data-testid="task-status"]';

/** A report whose first attempt fails and whose second succeeds, with lines of both. */
async function flakyTask(): Promise<string> {
  const id = await submit(
    'flakyReport',
    { failures: 1, steps: 3, stepMs: 1 },
    { backoff: { type: 'fixed', delay: 10, max: 10, jitter: false } },
  );
  await waitForState(id, ['completed'], 30_000);
  return id;
}

test('a task leads to those that it waits for, and these to it', async ({ page }) => {
  const first = await submit('sendMessage', { message: 'first' }, { delayMs: 3_600_000 });
  const second = await submit('sendMessage', { message: 'second' }, { dependsOn: [first] });
  await page.goto(`/tasks/${second}`);
  await expect(page.locator(status)).toHaveText('blocked');
  const related = page.getByRole('list', { name: 'Related tasks' });
  await related.getByRole('link', { name: /it waits for this$/ }).click();
  await page.waitForURL(`**/tasks/${first}`);
  const waiting = page.getByRole('list', { name: 'Related tasks' }).getByRole('link', { name: /this waits for it$/ });
  await expect(waiting).toHaveAttribute('href', `/tasks/${second}`);

  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator(status)).toHaveText('cancelled');
  // Without a reload: the graph is live.
  await expect(waiting).toHaveAccessibleName(/ cancelled, /, { timeout: 20_000 });
});

test('the path of a task is told, and an address names one attempt', async ({ page }) => {
  const id = await flakyTask();
  await page.goto(`/tasks/${id}`);
  const path = page.getByRole('region', { name: 'How it went' });
  await expect(path).toContainText(/running for .*, retrying for .*, running for .*, then completed\./);

  const attempts = page.getByRole('list', { name: 'Attempts' }).getByRole('listitem');
  await expect(attempts).toHaveCount(2);
  await attempts.first().hover();
  await page.getByRole('link', { name: 'Link to attempt 1' }).click();
  await expect(page).toHaveURL(new RegExp(`/tasks/${id}#attempt-\\d+$`));
  await page.goto('/tasks');
  await page.goBack();
  await expect(attempts.first()).toHaveAttribute('aria-current', 'true');
  await expect(attempts.first()).toBeInViewport();
  await expect(attempts.last()).not.toHaveAttribute('aria-current', 'true');
});

test('a log is searched, narrowed by level, and downloaded', async ({ page }) => {
  const id = await flakyTask();
  await page.goto(`/tasks/${id}`);
  const log = page.getByRole('log');
  await page.getByRole('searchbox', { name: 'Search the log' }).fill('CONNECTION');
  await expect(log.getByRole('listitem')).toHaveCount(1);
  await expect(log.locator('mark')).toHaveText('connection');
  await page.getByRole('searchbox', { name: 'Search the log' }).fill('');
  await page.getByLabel('Lowest level shown').selectOption('info');
  await expect(log).not.toContainText('is written');

  const lines = await download(page, 'NDJSON, with all fields');
  const messages = lines.map((line) => (JSON.parse(line) as { message: string }).message);
  expect(messages).toContain('the report is complete');
  expect(messages.some((message) => message.includes('is written'))).toBe(false);
  await page.getByLabel('Lowest level shown').selectOption('debug');
  const text = await download(page, 'Text, a line a line');
  expect(text.some((line) => line.endsWith(' DEBUG [2] part 1 is written'))).toBe(true);
});

/** The lines of the log's file in that format. */
async function download(page: Page, format: string): Promise<string[]> {
  await page.getByRole('button', { name: 'Download the log' }).click();
  const started = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: format }).click();
  const text = await readFile(await (await started).path(), 'utf8');
  return text.trimEnd().split('\n');
}

test('a payload is searched, and leads to the tasks that have the value', async ({ page }) => {
  const id = await submit('sendMessage', { message: `unique-${Date.now()}` });
  await waitForState(id, ['completed']);
  await page.goto(`/tasks/${id}`);
  await page.getByRole('button', { name: 'message:' }).click();
  await page.getByRole('link', { name: 'Tasks with this value' }).click();
  await page.waitForURL(/\/tasks\?q=payload\.message/);
  await expect(page.locator(`a[href="/tasks/${id}"]`).first()).toBeVisible({ timeout: 30_000 });
});

test('one like this is submitted with its options', async ({ page }) => {
  const id = await submit('sendMessage', { message: 'the model' }, { priority: 7, tags: ['model'], attempts: 2 });
  await waitForState(id, ['completed']);
  await page.goto(`/tasks/${id}`);
  await page.getByRole('link', { name: 'Submit one like this' }).click();
  const message = page.getByLabel('Message');
  await expect(message).toHaveValue('the model');
  await expect(page.getByLabel('Priority')).toHaveValue('7');
  await expect(page.getByRole('region', { name: 'What will happen' })).toContainText('Tried up to 2 times');
  await message.fill('the copy');
  await page.getByRole('button', { name: 'Submit task' }).click();
  await page.waitForURL((url) => /\/tasks\/[0-9a-f-]{36}$/.test(url.pathname) && !url.pathname.endsWith(id));
  const copy = await getTask(page.url().split('/').at(-1) ?? '');
  expect(copy).toMatchObject({ payload: { message: 'the copy' }, priority: 7, tags: ['model'], maxAttempts: 2 });
});

test('a template is kept, started from and deleted; what was submitted lately is offered', async ({ page }) => {
  const lately = `lately ${Date.now()}`;
  await waitForState(await submit('sendMessage', { message: lately }), ['completed']);
  const name = `Greeting ${Date.now()}`;
  await page.goto('/tasks/new?definition=sendMessage');
  await page.getByLabel('Message').fill('Good morning');
  await page.getByLabel('Priority').fill('5');
  await page.getByRole('button', { name: 'Start from' }).click();
  await page.getByRole('menuitem', { name: /Save as a template/ }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.reload();
  await page.getByRole('button', { name: 'Start from' }).click();
  await page.getByRole('menuitem', { name }).click();
  await expect(page.getByLabel('Message')).toHaveValue('Good morning');
  await expect(page.getByLabel('Priority')).toHaveValue('5');
  await page.getByRole('button', { name: 'Start from' }).click();
  await page.getByRole('menuitem', { name: new RegExp(lately) }).click();
  await expect(page.getByLabel('Message')).toHaveValue(lately);

  await page.getByRole('button', { name: 'Start from' }).click();
  await page.getByRole('menuitem', { name: /Delete a template/ }).click();
  await page.getByRole('button', { name: `Delete ${name}` }).click();
  await expect(page.getByRole('dialog')).not.toContainText(name);
});

test('the end of the form is in reach, and covers no field that has the focus', async ({ page }) => {
  for (const size of [
    { width: 1280, height: 800 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size);
    await page.goto('/tasks/new?definition=httpRequest');
    await page.getByText('Retries and time limits').click();
    await page.getByText('Duplicates', { exact: true }).click();
    await page.getByText('Concurrency', { exact: true }).click();
    const submitTask = page.getByRole('button', { name: 'Submit task' });
    const limit = page.getByLabel('Concurrency limit');
    await limit.focus();
    await expect(limit).toBeInViewport({ ratio: 1 });
    await expect(submitTask).toBeInViewport({ ratio: 1 });
    const [field, button] = await Promise.all([limit.boundingBox(), submitTask.boundingBox()]);
    expect(field && button && field.y + field.height <= button.y).toBe(true);
  }
});

test('folded options are submitted, and what is wrong in them is opened', async ({ page }) => {
  await page.goto('/tasks/new?definition=sendMessage');
  await page.getByLabel('Message').fill('with options');
  await page.getByText('Duplicates', { exact: true }).click();
  await page.getByLabel('Submitted again').selectOption('unique');
  await page.getByText('Duplicates', { exact: true }).click();
  await page.getByRole('button', { name: 'Submit task' }).click();
  const key = page.getByLabel('Unique key');
  await expect(key).toBeFocused();
  await key.fill(`e2e-${Date.now()}`);
  await page.getByText('Tags and metadata').click();
  await page.getByLabel('Tags').fill('one, two');
  await page.getByLabel('Metadata').fill('{"customer": 42}');
  await page.getByRole('button', { name: 'Submit task' }).click();
  await page.waitForURL(/\/tasks\/[0-9a-f-]{36}$/);
  const made = await getTask(page.url().split('/').at(-1) ?? '');
  expect(made).toMatchObject({ tags: ['one', 'two'], metadata: { customer: 42 } });
});
