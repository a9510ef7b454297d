/**
 * `npm run screenshots`: the pictures of the README, taken with real Chromium from the copy that runs here. Submit some tasks
 * before (`npm run demo`), or the pages are empty.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { z } from 'zod';
import { command } from './start/command.ts';
import { joinRunningCopy } from './start/running-copy.ts';
import { findChromium } from './test/needs.ts';

const folder = join(process.cwd(), 'docs/images');
const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

const environmentSchema = z.object({
  PORT: z.string(),
  TASKDECK_ADMIN_EMAIL: z.string(),
  TASKDECK_ADMIN_PASSWORD: z.string({ error: 'Set TASKDECK_ADMIN_PASSWORD to the password that npm start printed.' }),
});

await command(async () => {
  joinRunningCopy();
  const environment = environmentSchema.parse(process.env);
  mkdirSync(folder, { recursive: true });
  const chromiumPath = findChromium();
  const browser = await chromium.launch({
    ...(chromiumPath !== undefined && { executablePath: chromiumPath }),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const context = await browser.newContext({
    baseURL: `http://localhost:${environment.PORT}`,
    viewport: desktop,
    deviceScaleFactor: 2,
  });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(environment.TASKDECK_ADMIN_EMAIL);
  await page.getByLabel('Password').fill(environment.TASKDECK_ADMIN_PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));

  const shoot = async (name: string, path: string) => {
    await page.goto(path);
    await page.getByText('Live', { exact: true }).waitFor();
    await page.screenshot({ path: join(folder, `${name}.png`) });
    console.log(`✓ docs/images/${name}.png`);
  };

  await shoot('overview', '/');
  await shoot('tasks', '/tasks');
  await shoot('search', '/tasks?q=error%3A%22as%20it%20was%20asked%22');
  await shoot('new-task', '/tasks/new?definition=sendMessage');
  await page.goto('/tasks?state=completed&definition=flakyReport');
  const finished = await page.locator('a[href^="/tasks/0"]').first().getAttribute('href');
  if (finished) await shoot('task', finished);
  await page.emulateMedia({ colorScheme: 'dark' });
  await shoot('tasks-dark', '/tasks');
  await page.setViewportSize(phone);
  await shoot('phone', '/tasks');
  await browser.close();
});
