import { environment } from './support/environment.ts';
import { expect, test } from './support/test.ts';

test('an admin opens Bull Board and sees the queue', { tag: '@engine' }, async ({ page }) => {
  await page.goto('/board');
  await expect(page.getByText('default').first()).toBeVisible();
});

test('nobody else does', async ({ browser }) => {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const response = await context.request.get(`${environment.TASKDECK_URL}/board/api/queues`, { maxRedirects: 0 });
  expect([302, 303, 307, 401]).toContain(response.status());
  await context.close();
});

test('another site cannot pause a queue in the name of an admin', async ({ page }) => {
  const response = await page.request.put('/board/api/queues/default/pause', {
    headers: { origin: 'https://evil.example' },
  });
  expect(response.status()).toBe(403);
});

test('the app shows it in its own frame, in its own theme, and a task opens the app', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/queues');
  await page.getByRole('link', { name: 'Bull Board of default' }).click();
  await page.waitForURL('**/queues/board?at=%2Fqueue%2Fdefault');
  const board = page.frameLocator('iframe[title="Bull Board"]');
  await expect(board.getByText('default').first()).toBeVisible();
  await expect(board.locator('html, body').and(board.locator('.dark-mode')).first()).toBeAttached();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
  await board.locator('[class*="actions"] button').last().click();
  await board.getByText('Back to Taskdeck').click();
  await page.waitForURL((url) => url.pathname === '/');
});

test('another site cannot show it in a frame', async ({ page }) => {
  const response = await page.request.get('/board');
  expect(response.headers()['content-security-policy']).toContain("frame-ancestors 'self'");
  expect((await page.request.get('/queues/board')).headers()['content-security-policy']).toContain(
    "frame-ancestors 'none'",
  );
});
