import { createServer } from 'node:http';
import { once } from 'node:events';
import { expect, test } from './support/test.ts';
import { wavFile } from '../scripts/demo/wav.ts';

const status = '[data-testid="task-status"]';

test('a message to the inbox is shown on its page', async ({ page }) => {
  await page.goto('/tasks/new?definition=sendMessage');
  await page.getByLabel(/^Message/).fill('Hello from the form');
  await page.getByRole('button', { name: 'Submit task' }).click();
  await expect(page.locator(status)).toHaveText('completed');
  await expect(page.getByText('Hello from the form').first()).toBeVisible();
  await expect(page.getByText('Delivered to the inbox')).toBeVisible();
});

test('a voice recording is uploaded and its waveform drawn', async ({ page }) => {
  await page.goto('/tasks/new?definition=processVoice');
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'tone.wav', mimeType: 'audio/wav', buffer: wavFile(2) });
  await expect(page.getByText('tone.wav')).toBeVisible();
  await page.getByRole('button', { name: 'Submit task' }).click();
  await expect(page.locator(status)).toHaveText('completed');
  await expect(page.getByRole('img', { name: /waveform/i })).toBeVisible();
});

test('a CSV is imported and its bad row named', async ({ page }) => {
  await page.goto('/tasks/new?definition=importCsv');
  const csv = 'name,age\nAda,36\nGrace\nAlan,41\n';
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await expect(page.getByText('people.csv')).toBeVisible();
  await page.getByRole('button', { name: 'Submit task' }).click();
  await expect(page.locator(status)).toHaveText('completed');
  await expect(page.locator('[data-testid="task-result"]')).toContainText('badRows');
});

test('a request to a private address is refused with the reason', async ({ page }) => {
  const server = createServer((_, response) => response.end('secret')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await page.goto('/tasks/new?definition=httpRequest');
  await page.getByLabel(/^URL/i).fill(`http://127.0.0.1:${port}/`);
  await page.getByRole('button', { name: 'Submit task' }).click();
  await expect(page.locator(status)).toHaveText('failed');
  await expect(page.getByText(/private|not allowed|blocked/i).first()).toBeVisible();
  server.close();
});

test(
  'a flaky report is tried again until it works, with live progress and logs',
  { tag: '@engine' },
  async ({ page }) => {
    await page.goto('/tasks/new?definition=flakyReport');
    await page.getByLabel(/^Failures/).fill('1');
    await page.getByRole('button', { name: 'Submit task' }).click();
    await expect(page.getByRole('progressbar').first()).toBeVisible();
    await expect(page.locator(status)).toHaveText('completed', { timeout: 20_000 });
    await expect(page.getByText('Attempt 1', { exact: true }).last()).toBeVisible();
    await expect(page.getByText('Attempt 2', { exact: true }).last()).toBeVisible();
  },
);

test('errors stand beside their fields, and nothing is submitted', async ({ page }) => {
  await page.goto('/tasks/new?definition=sendMessage');
  await page.getByLabel(/^Message/).fill('');
  await page.getByRole('button', { name: 'Submit task' }).click();
  await expect(page.getByLabel(/^Message/)).toHaveAttribute('aria-invalid', 'true');
  await expect(page).toHaveURL(/\/tasks\/new/);
});
