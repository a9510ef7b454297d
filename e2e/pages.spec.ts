import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { submit, waitForState } from './support/api.ts';
import { environment } from './support/environment.ts';
import { everyPage } from './support/pages.ts';
import { expect, test } from './support/test.ts';

const sizes = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 800 } };

for (const [name, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`no page scrolls sideways: ${name}, ${colorScheme}`, async ({ browser, session }) => {
      const context = await browser.newContext({ storageState: session, viewport, colorScheme });
      const page = await context.newPage();
      const id = await submit('sendMessage', { message: `A long one: ${'wide'.repeat(200)}` });
      await waitForState(id, ['completed']);
      for (const path of everyPage(id)) {
        await page.goto(path);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width, path).toBeLessThanOrEqual(viewport.width);
      }
      await context.close();
    });
  }
}

test('a page without a sign-in leads to the sign-in, in every form of its address', async ({ browser }) => {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  // What is no page says so to everybody.
  const pages = everyPage('0198c0de-0000-7000-8000-000000000001').filter((path) => path !== '/nowhere');
  for (const path of pages) {
    for (const headers of [{}, { RSC: '1' }, { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' }]) {
      const response = await context.request.get(`${environment.TASKDECK_URL}${path}`, {
        headers: headers as Record<string, string>,
        maxRedirects: 0,
      });
      expect(await response.text(), `${path} ${JSON.stringify(headers)}`).not.toContain('Submitted by');
      expect([200, 302, 303, 307]).toContain(response.status());
      if (response.status() === 200) expect(await response.text()).toContain('/sign-in');
    }
  }
  await context.close();
});

test('a hostile message is shown as text', async ({ page }) => {
  const hostile = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>\u202egnp.exe';
  const id = await submit('sendMessage', { message: hostile });
  await waitForState(id, ['completed']);
  await page.goto(`/tasks/${id}`);
  await expect(page.getByText('onerror').first()).toBeVisible();
  await expect(page).not.toHaveTitle('owned');
});

test('the browser is given no secret', async () => {
  const folder = join(process.cwd(), '.next/static');
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.js'));
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) {
    const text = await readFile(join(folder, file), 'utf8');
    for (const name of [
      'SUPABASE_SECRET_KEY',
      'SUPABASE_JWT_SECRET',
      'DATABASE_URL',
      'REDIS_URL',
      'TASKDECK_ADMIN_PASSWORD',
      'TASKDECK_METRICS_TOKEN',
    ]) {
      expect(text, `${file} names ${name}`).not.toContain(name);
      expect(text.includes(process.env[name] ?? name), `${file} holds the value of ${name}`).toBe(false);
    }
    expect(text.includes(new URL(environment.SUPABASE_URL).host), `${file} has the address of one environment`).toBe(
      false,
    );
  }
});

test('headers keep the pages to themselves', async ({ page }) => {
  const response = await page.goto('/');
  const headers = response?.headers() ?? {};
  expect(headers['content-security-policy']).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'/);
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['x-powered-by']).toBeUndefined();
});
