import { submit, waitForState } from './support/api.ts';
import { expect, test } from './support/test.ts';

const search = { name: 'Search or jump to' };

test('everything is reached by keyboard: a page, a task by its ID, a new task', async ({ page }) => {
  const id = await submit('sendMessage', { message: 'to be found' });
  await waitForState(id, ['completed']);
  await page.goto('/');
  await expect(page.getByRole('button', { name: /^Search or jump to/ })).toBeEnabled();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', search).fill('dead');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/dead-letters');

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', search).fill(id);
  await expect(page.getByRole('option', { name: new RegExp(id.slice(-8)) })).toBeVisible();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/tasks/${id}`);

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', search).fill('new task csv');
  await expect(page.getByRole('option', { name: /^New task/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/tasks/new?definition=importCsv');
});

test('g and a letter go to a page; nothing happens while typing', async ({ page }) => {
  await page.goto('/queues');
  await expect(page.getByRole('button', { name: /^Search or jump to/ })).toBeEnabled();
  await page.keyboard.press('g');
  await page.keyboard.press('w');
  await page.waitForURL('**/workers');
  await page.goto('/audit');
  const field = page.getByRole('textbox', { name: 'Of what' });
  await field.click();
  await field.pressSequentially('gw?n');
  await expect(field).toHaveValue('gw?n');
  await expect(page).toHaveURL(/\/audit/);
});

test('the help says what works here', async ({ page }) => {
  await page.goto('/queues');
  await expect(page.getByRole('button', { name: /^Search or jump to/ })).toBeEnabled();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(help.getByText('Go to Tasks')).toBeVisible();
  await expect(help.getByText('Next task in the list')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
});
