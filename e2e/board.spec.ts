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
