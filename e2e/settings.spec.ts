import { api, submit, waitForState } from './support/api.ts';
import { environment } from './support/environment.ts';
import { expect, signIn, test } from './support/test.ts';

test('a member is invited, signs in, gets another role, and is removed', async ({ page, browser }) => {
  const email = `grace-${Date.now().toString(36)}@example.com`;
  await page.goto('/settings/members');
  await page.getByRole('button', { name: 'Invite' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await dialog.getByRole('combobox', { name: 'Role' }).selectOption('viewer');
  await dialog.getByRole('button', { name: 'Invite' }).click();
  const password = await page.getByLabel('password', { exact: true }).innerText();
  await page.getByRole('button', { name: 'I have kept it' }).click();

  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const theirs = await context.newPage();
  await theirs.goto(environment.TASKDECK_URL);
  await signIn(theirs, { email, password });
  await expect(theirs.getByTestId('create-task')).toHaveCount(0);

  await page.getByRole('combobox', { name: `Role of ${email}` }).selectOption('operator');
  await expect(page.getByRole('combobox', { name: `Role of ${email}` })).toHaveValue('operator');
  await theirs.reload();
  await expect(theirs.getByTestId('create-task')).toBeVisible();

  await page.getByRole('button', { name: `Actions for ${email}` }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText(`${email} is no longer a member.`)).toBeVisible();
  await theirs.reload();
  await expect(theirs).toHaveURL(/\/sign-in/);
  await context.close();

  await page.goto('/audit?action=member.remove');
  await page
    .getByRole('button', { name: /^Details of/ })
    .first()
    .click();
  await expect(page.getByText(email).first()).toBeVisible();
});

test('a member changes the own password, stays signed in, and signs in with it', async ({ browser }) => {
  const email = `ida-${Date.now().toString(36)}@example.com`;
  const [first, second] = ['the first password', 'the second password'];
  await api('/api/members', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, role: 'viewer', password: first }),
  });
  const context = await browser.newContext({
    baseURL: environment.TASKDECK_URL,
    storageState: { cookies: [], origins: [] },
  });
  const page = await context.newPage();
  await signIn(page, { email, password: first });
  const account = page.getByRole('button', { name: `Account: ${email}` });
  await account.click();
  await page.getByRole('menuitem', { name: 'Change password' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Current password').fill(first);
  await dialog.getByLabel('New password', { exact: true }).fill(second);
  await dialog.getByLabel('New password again').fill(second);
  await dialog.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('Your password is changed.')).toBeVisible();
  await page.reload();
  await account.click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL(/\/sign-in/);
  await signIn(page, { email, password: second });
  await expect(account).toBeVisible();
  await context.close();
});

test('an API key is shown once, works, and is refused once it is revoked', async ({ page }) => {
  const name = `key ${Date.now().toString(36)}`;
  await page.goto('/settings/keys');
  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('button', { name: 'Create' }).click();
  const key = await page.getByLabel('API key', { exact: true }).innerText();
  await page.getByRole('button', { name: 'I have kept it' }).click();
  const ask = () => api('/api/queues', { headers: { authorization: `Bearer ${key}` } });
  expect((await ask()).status).toBe(200);
  await page.getByRole('button', { name: `Revoke ${name}` }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText(`The key “${name}” is revoked.`)).toBeVisible();
  expect((await ask()).status).toBe(401);
});

test('the appearance is there at the first paint of the next visit', async ({ page }) => {
  await waitForState(await submit('sendMessage', { message: 'with a time' }), ['completed']);
  await page.goto('/settings/appearance');
  await page.getByText('Compact', { exact: true }).click();
  await page.getByText('Exact', { exact: true }).click();
  await expect(page.locator('main')).toHaveAttribute('data-density', 'compact');
  // What the server sent, before any script has run.
  const html = await (await page.request.get('/settings/members')).text();
  expect(html).toContain('data-density="compact"');
  expect(html).toMatch(/<time[^>]*>\d{4}-\d{2}-\d{2} /);
});

test('a queue is paused, and the toast takes it back', async ({ page }) => {
  const name = `undo-${Date.now().toString(36)}`;
  await api('/api/queues', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  });
  await page.goto('/queues');
  await page.getByRole('button', { name: `Pause ${name}` }).click();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(page.getByText(`The queue ${name} goes on.`)).toBeVisible();
  await expect(page.getByRole('button', { name: `Pause ${name}` })).toBeVisible();
});
