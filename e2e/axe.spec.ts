import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { submit, waitForState } from './support/api.ts';
import { everyPage } from './support/pages.ts';
import { expect, test } from './support/test.ts';

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Each violation with its places, so that a failure says what to mend. Bull Board's own page is not ours. */
async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(levels)
    .exclude('iframe[title="Bull Board"]')
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
  );
}

/** Opens a page and waits until it listens: what is disabled until then, axe leaves out. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  const listens = page.getByRole('button', { name: /^Search or jump to/ }).or(page.getByText('There is no such page'));
  await expect(listens.first()).toBeEnabled({ timeout: 30_000 });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every page meets WCAG 2.2 AA, ${colorScheme}`, async ({ page }) => {
    test.setTimeout(240_000);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const task = await submit('flakyReport', { failures: 1, steps: 1, stepMs: 1 }, { attempts: 1 });
    await waitForState(task, ['failed']);
    for (const path of everyPage(task)) {
      await open(page, path);
      expect.soft(await violations(page), path).toEqual([]);
    }
  });

  test(`what opens over a page meets it too, ${colorScheme}`, async ({ page }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await open(page, '/queues');
    const closed = () => page.getByRole('dialog').waitFor({ state: 'detached' });
    for (const [name, show] of Object.entries({
      palette: () => page.getByRole('button', { name: /^Search or jump to/ }).click(),
      help: () => page.getByRole('button', { name: 'Keyboard shortcuts' }).click(),
      'new task': () => page.getByTestId('create-task').click(),
      'new queue': () => page.getByRole('button', { name: 'New queue' }).click(),
    })) {
      await show();
      await expect(page.getByRole('dialog')).toBeVisible();
      expect.soft(await violations(page), name).toEqual([]);
      await page.keyboard.press('Escape');
      await closed();
    }
  });
}

test('a fault is found', async ({ page }) => {
  await open(page, '/queues');
  await page.locator('main').evaluate((main) => main.append(document.createElement('button')));
  expect(await violations(page)).toEqual([expect.stringContaining('button-name')]);
});

test('the sign-in meets WCAG 2.2 AA', async ({ browser }) => {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  await page.goto('/sign-in');
  expect(await violations(page)).toEqual([]);
  await context.close();
});
