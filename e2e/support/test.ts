import { type Page, test as base } from '@playwright/test';
import { environment } from './environment.ts';

const admin = { email: environment.TASKDECK_ADMIN_EMAIL, password: environment.TASKDECK_ADMIN_PASSWORD };

/** Signs in by the page's own form. */
export async function signIn(page: Page, { email, password } = admin): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

type WorkerFixtures = { session: Awaited<ReturnType<ReturnType<Page['context']>['storageState']>> };

/**
 * `page` is signed in as the admin, by one sign-in for all tests (the form is rate-limited). A console error, a page error or
 * a request to another host fails the test.
 */
export const test = base.extend<object, WorkerFixtures>({
  session: [
    async ({ browser }, use) => {
      const context = await browser.newContext({ baseURL: environment.TASKDECK_URL });
      await signIn(await context.newPage());
      await use(await context.storageState());
      await context.close();
    },
    { scope: 'worker' },
  ],
  storageState: ({ session }, use) => use(session),
  page: async ({ page }, use) => {
    const complaints: string[] = [];
    const own = [environment.TASKDECK_URL, environment.SUPABASE_URL].map((url) => new URL(url).port);
    page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`));
    page.on('console', (message) => {
      // A link or request that a test breaks on purpose is reported by the browser itself.
      if (message.type() === 'error' && !/net::|WebSocket connection|status of \d{3}/.test(message.text()))
        complaints.push(message.text());
    });
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (/^(https?|wss?):$/.test(url.protocol) && !own.includes(url.port)) complaints.push(`request to ${url.host}`);
    });
    await use(page);
    if (complaints.length > 0) throw new Error(`The page complained:\n${complaints.join('\n')}`);
  },
});

export { expect } from '@playwright/test';
