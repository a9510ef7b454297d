import type { Page } from '@playwright/test';
import { api, submit, waitForState } from './support/api.ts';
import { closeRows, rows } from './support/rows.ts';
import { expect, test } from './support/test.ts';

test.afterAll(closeRows);

const script = '<script>window.owned=1</script>';
const image = '<img src=x onerror="window.owned=1">';
const markup = `${image}${script}"'><svg onload=window.owned=1>javascript:alert(1)`;
const bidi = '\u202egnp.exe\u2066';
const deep = JSON.parse(`${'{"a":'.repeat(28)}"${markup.replaceAll('"', '\\"')}"${'}'.repeat(28)}`) as object;

/** Fails when anything of a text was run, asked for a dialog, or was stopped only by the policy. */
async function watch(page: Page): Promise<() => Promise<void>> {
  const faults: string[] = [];
  page.on('dialog', (dialog) => {
    faults.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.exposeFunction('reportViolation', (directive: string) => faults.push(`violation of ${directive}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      void (window as unknown as { reportViolation(text: string): void }).reportViolation(
        `${violatedDirective} by ${blockedURI}`,
      );
    });
  });
  return async () => {
    const owned = await page.evaluate(() => 'owned' in window);
    expect({ faults, owned }).toEqual({ faults: [], owned: false });
  };
}

/** A failed task with the worst in whatever a submitter chooses. */
async function hostileTask(): Promise<string> {
  const id = await submit(
    'httpRequest',
    { url: `http://127.0.0.1:9/${encodeURIComponent(markup)}`, headers: { 'x-hostile': `${markup}`.slice(0, 100) } },
    {
      attempts: 1,
      tags: [markup.slice(0, 64), bidi],
      metadata: { [markup.slice(0, 60)]: bidi, deep },
      correlationId: markup.slice(0, 100),
    },
  );
  await waitForState(id, ['failed']);
  return id;
}

test('markup, bidi marks and deep JSON are shown as text on every page that has them', async ({ page }) => {
  test.setTimeout(120_000);
  const check = await watch(page);
  const failed = await hostileTask();
  const message = await submit('sendMessage', { message: `${markup}${bidi}` });
  await waitForState(message, ['completed', 'failed']);
  for (const path of [`/tasks/${failed}`, `/tasks/${message}`, '/tasks', '/dead-letters', '/', '/audit']) {
    await page.goto(path);
    await expect(page.locator('main').first()).not.toBeEmpty();
    await check();
    // The mark that turns text around is written out, wherever it would stand on the page.
    expect(await page.locator('body').innerText(), path).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  }
});

test('an address with markup is text too', async ({ page }) => {
  const check = await watch(page);
  for (const path of [
    '/tasks?q=',
    '/tasks?definition=',
    '/audit?actor=',
    '/queues/board?at=',
    '/tasks/new?definition=',
  ]) {
    await page.goto(`${path}${encodeURIComponent(image)}`);
    await expect(page.locator('main').first()).not.toBeEmpty();
    await check();
  }
  await page.goto('/queues/board?at=//evil.example');
  await expect(page.locator('iframe')).toHaveAttribute('src', '/board');
});

test('the palette shows it as text', async ({ page }) => {
  const check = await watch(page);
  await hostileTask();
  await page.goto('/queues');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or jump to' }).fill(markup);
  await expect(
    page
      .getByText(/Nothing is found|Tasks could not/)
      .or(page.getByRole('option').first())
      .first(),
  ).toBeVisible();
  await check();
});

test('names of members and keys are text', async ({ page }) => {
  const check = await watch(page);
  const made = await api('/api/keys', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: `${image}${bidi}`, role: 'viewer' }),
  });
  expect(made.status).toBe(201);
  await page.goto('/settings/keys');
  await expect(page.getByText(/<img src=x/).first()).toBeVisible();
  expect(await page.locator('main').innerText()).not.toContain('\u202e');
  await page.goto('/audit?action=key.create');
  await page
    .getByRole('button', { name: /^Details of/ })
    .first()
    .click();
  const entries = page.getByRole('list', { name: /^Entries/ });
  await expect(entries.getByText(/<img src=x/).first()).toBeVisible();
  await check();
});

test('a megabyte in result, error and log holds no page up', async ({ page }) => {
  test.setTimeout(120_000);
  const check = await watch(page);
  const id = await hostileTask();
  const big = `${markup}${'A'.repeat(1024 * 1024)}`;
  await rows`
    update tasks set result = ${JSON.stringify({ big })}::text::jsonb,
      error = error || jsonb_build_object('message', ${big}::text, 'stack', ${big}::text) where id = ${id}`;
  await rows`
    insert into task_logs (task_id, seq, attempt, at, level, message, fields)
    select ${id}, 2000000 + n, 1, now(), 'info', ${big}, ${JSON.stringify({ big: markup })}::text::jsonb
    from generate_series(1, 2) n`;
  for (const path of [`/tasks/${id}`, '/tasks', '/dead-letters', '/']) {
    await page.goto(path);
    await expect(page.locator('main').first()).not.toBeEmpty();
    // A page that is held up does not answer its own menu.
    await page.getByRole('button', { name: 'Theme' }).click();
    await expect(page.getByRole('menuitemradio', { name: 'Dark' })).toBeVisible();
    await page.keyboard.press('Escape');
    await check();
  }
});
