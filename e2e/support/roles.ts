import type { Browser, BrowserContext } from '@playwright/test';
import type { Role } from '#lib/access/types';
import { api } from './api.ts';
import { environment } from './environment.ts';
import { signIn } from './test.ts';

const password = 'a password for the tests';

/** A browser in which a new member of this role is signed in. */
export async function browserOf(browser: Browser, role: Role): Promise<BrowserContext> {
  const email = `${role}-${crypto.randomUUID()}@example.com`;
  const made = await api('/api/members', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, role, password }),
  });
  if (made.status !== 201) throw new Error(`the invitation answered ${made.status}: ${await made.text()}`);
  const context = await browser.newContext({ baseURL: environment.TASKDECK_URL, storageState: noSession });
  const page = await context.newPage();
  await signIn(page, { email, password });
  await page.close();
  return context;
}

const noSession = { cookies: [], origins: [] };
