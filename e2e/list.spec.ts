import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { api, submit, waitForState } from './support/api.ts';
import { expect, test } from './support/test.ts';

/** A word that no other test has. */
const newWord = (): string => `list${Date.now().toString(36)}`;

/** Submits tasks that wait for an hour; all have the tag. */
async function submitWaiting(tag: string, count: number): Promise<string[]> {
  const tasks = Array.from({ length: count }, (_, at) => ({
    definition: 'sendMessage',
    payload: { message: `${tag} ${at}` },
    tags: [tag],
    delayMs: 3_600_000,
  }));
  const response = await api('/api/tasks/batch', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ tasks }),
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as { tasks: { id: string }[] }).tasks.map(({ id }) => id);
}

/** Opens the list and waits until it listens: a page is drawn before it does. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByText('Live', { exact: true })).toBeVisible({ timeout: 30_000 });
}

const rows = (page: Page) => page.getByRole('table', { name: 'Tasks' }).locator('[data-task-id]');

test('filters stand in the address, with counts, and the back button takes them back', async ({ page }) => {
  const tag = newWord();
  await submitWaiting(tag, 3);
  await open(page, `/tasks?tag=${tag}`);
  await expect(rows(page)).toHaveCount(3);
  await page.getByRole('button', { name: /^Filters/ }).click();
  await page.getByRole('checkbox', { name: /^scheduled ?3/ }).click();
  await expect(page).toHaveURL(new RegExp(`state=scheduled&tag=${tag}`));
  await expect(page.getByText('3 tasks match')).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  await page
    .getByRole('navigation', { name: 'Filter by state' })
    .getByRole('link', { name: /^failed/i })
    .click();
  await expect(page.getByText('No tasks match')).toBeVisible();
  await page.goBack();
  await expect(rows(page)).toHaveCount(3);
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`/tasks\\?tag=${tag}$`));
  await page.getByRole('button', { name: `Remove the filter Tag: ${tag}` }).click();
  await expect(page).toHaveURL(/\/tasks$/);
});

test('the search finds a task by a path of its payload, and says what is wrong with a bad one', async ({ page }) => {
  const word = newWord();
  const id = await submit('sendMessage', { message: `Hello ${word}` });
  await submit('sendMessage', { message: 'Something else' });
  await waitForState(id, ['completed']);
  await open(page, '/tasks');
  const search = page.getByRole('combobox', { name: 'Search tasks' });
  await search.fill(`payload.message:${word}`);
  await search.press('Enter');
  await expect(rows(page)).toHaveCount(1);
  await expect(page.locator(`a[href="/tasks/${id}"]`)).toBeVisible();
  await search.fill('state:nonsense');
  await search.press('Enter');
  await expect(search).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('mark')).toHaveText('state:nonsense');
});

test('the search says what may follow', async ({ page }) => {
  await open(page, '/tasks');
  const search = page.getByRole('combobox', { name: 'Search tasks' });
  await search.pressSequentially('sta');
  await page.getByRole('option', { name: /^state:/ }).click();
  await expect(search).toHaveValue(/^state:/);
});

test('all that match are cancelled, with their number before and the progress after', async ({ page }) => {
  const tag = newWord();
  const ids = await submitWaiting(tag, 60);
  await open(page, `/tasks?tag=${tag}`);
  await expect(rows(page).first()).toBeVisible();
  await page.getByRole('checkbox', { name: 'Select all loaded tasks' }).click();
  await page.getByRole('button', { name: 'Select all 60 that match' }).click();
  const selected = page.getByRole('region', { name: 'Selected tasks' });
  await selected.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('dialog', { name: 'Cancel 60 tasks?' }).getByRole('button', { name: 'Cancel 60 tasks' }).click();
  await expect(page.getByRole('list', { name: 'In the background' })).toContainText('Cancelled 60 of 60', {
    timeout: 30_000,
  });
  await waitForState(ids[0] ?? '', ['cancelled']);
  await expect(rows(page).locator('[data-tone="cancelled"]').first()).toBeVisible();
});

test('a pause of the selected tasks is taken back', async ({ page }) => {
  const tag = newWord();
  const [id] = await submitWaiting(tag, 2);
  await open(page, `/tasks?tag=${tag}`);
  await page.getByRole('checkbox', { name: 'Select all loaded tasks' }).click();
  await page.getByRole('region', { name: 'Selected tasks' }).getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('dialog', { name: 'Pause 2 tasks?' }).getByRole('button', { name: 'Pause 2 tasks' }).click();
  const background = page.getByRole('list', { name: 'In the background' });
  await expect(background).toContainText('Paused 2 of 2', { timeout: 30_000 });
  await waitForState(id ?? '', ['paused']);
  await background.getByRole('button', { name: 'Undo' }).click();
  await expect(background).toContainText('Resumed 2 of 2', { timeout: 30_000 });
  await waitForState(id ?? '', ['scheduled']);
});

test('what matches is exported', async ({ page }) => {
  const tag = newWord();
  const ids = await submitWaiting(tag, 2);
  await open(page, `/tasks?tag=${tag}`);
  await page.getByRole('button', { name: 'Export' }).click();
  const started = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /CSV/ }).click();
  const text = await readFile(await (await started).path(), 'utf8');
  expect(text.trim().split('\n')).toHaveLength(3);
  for (const id of ids) expect(text).toContain(id);
});

test('a view is saved, opened, renamed and deleted', async ({ page }) => {
  const name = newWord();
  await open(page, '/tasks?state=failed,abandoned&queue=default');
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('menuitem', { name: 'Save this view …' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(`“${name}” is saved.`)).toBeVisible();
  await open(page, '/tasks');
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('menuitem', { name }).click();
  await expect(page).toHaveURL(/\/tasks\?state=failed,abandoned&queue=default$/);
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('menuitem', { name: 'Rename or delete …' }).click();
  await page.getByRole('textbox', { name: `Name of ${name}` }).fill(`${name}2`);
  await page
    .locator('form', { has: page.getByRole('textbox', { name: `Name of ${name}` }) })
    .getByRole('button', { name: 'Rename' })
    .click();
  await page.getByRole('button', { name: `Delete ${name}2` }).click();
  await expect(page.getByRole('button', { name: `Delete ${name}2` })).toHaveCount(0);
});

test('rows are walked and selected by keyboard', async ({ page }) => {
  const tag = newWord();
  await submitWaiting(tag, 4);
  await open(page, `/tasks?tag=${tag}`);
  await expect(rows(page)).toHaveCount(4);
  await page.keyboard.press('j');
  await expect(rows(page).nth(0).getByRole('link')).toBeFocused();
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Shift+X');
  await expect(page.getByText('3 selected')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Selected tasks' })).toHaveCount(0);
});

test('new tasks wait while the pointer is over the list', async ({ page }) => {
  await submit('sendMessage', { message: 'there before' }, { delayMs: 3_600_000 });
  await open(page, '/tasks?state=scheduled');
  const first = rows(page).first();
  const before = await first.getAttribute('data-task-id');
  await first.hover();
  const fresh = await submit('sendMessage', { message: 'came meanwhile' }, { delayMs: 3_600_000 });
  await expect(page.getByRole('button', { name: '1 new' })).toBeVisible();
  expect(await first.getAttribute('data-task-id')).toBe(before);
  await page.getByRole('button', { name: '1 new' }).click();
  await expect(first).toHaveAttribute('data-task-id', fresh);
});

test('a long list draws the rows in the window, and loads on as one scrolls', async ({ page }) => {
  const tag = newWord();
  const ids = await submitWaiting(tag, 220);
  await open(page, `/tasks?tag=${tag}`);
  await expect(rows(page)).toHaveCount(50);
  await page.getByRole('button', { name: 'Load more' }).click();
  const oldest = page.locator(`[data-task-id="${ids[0]}"]`);
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, 3_000);
      return oldest.count();
    })
    .toBe(1);
  expect(await rows(page).count()).toBeLessThan(100);
});

test('columns are chosen and stay so', async ({ page }) => {
  await submit('sendMessage', { message: 'one' });
  await open(page, '/tasks');
  await page.getByRole('button', { name: 'Columns and density' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Priority' }).click();
  await page.reload();
  await expect(page.getByRole('columnheader', { name: 'Priority' })).toBeVisible();
});
