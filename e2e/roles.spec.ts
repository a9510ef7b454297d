import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { submit, waitForState } from './support/api.ts';
import { environment } from './support/environment.ts';
import { everyPage } from './support/pages.ts';
import { browserOf } from './support/roles.ts';
import { expect, test } from './support/test.ts';

/** Names of controls that change something. */
const changing =
  /^(New|Create|Submit|Invite|Pause|Resume|Retry|Redrive|Edit and redrive|Dismiss|Bring back|Archive|Cancel( task)?|Purge|Delete|Revoke|Settings of|Scale|Drain|Restart|Activate|Deactivate|Change|Actions for)\b/;

test('a viewer sees every page and finds no control that changes anything', async ({ browser }) => {
  test.setTimeout(240_000);
  const task = await submit('flakyReport', { failures: 1, steps: 1, stepMs: 1 }, { attempts: 1 });
  await waitForState(task, ['failed']);
  const context = await browserOf(browser, 'viewer');
  const page = await context.newPage();
  for (const path of everyPage(task)) {
    await page.goto(path);
    await expect(page.locator('main').first()).not.toBeEmpty();
    const controls = page.getByRole('button', { name: changing, disabled: false });
    expect(await controls.allInnerTexts(), path).toEqual([]);
  }
  await page.goto('/queues');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('option', { name: 'Queues', exact: false }).first()).toBeVisible();
  await expect(page.getByRole('option', { name: /New task|Pause queue|Resume queue|Audit log/ })).toHaveCount(0);
  await context.close();
});

for (const role of ['viewer', 'operator'] as const) {
  test(`the pages of admins show ${role}s nothing`, async ({ browser }) => {
    const context = await browserOf(browser, role);
    const page = await context.newPage();
    for (const path of ['/audit', '/settings/members', '/settings/keys', '/settings/retention', '/queues/board']) {
      await page.goto(path);
      await expect(page.getByText('This page is for admins')).toBeVisible();
      // Nor does what the page is made of, which a browser asks for when one moves between pages.
      const data = await context.request.get(path, { headers: { RSC: '1' } });
      expect(await data.text()).not.toContain(environment.TASKDECK_ADMIN_EMAIL);
    }
    expect((await context.request.get('/board')).status()).toBe(403);
    await context.close();
  });
}

/** Every route of the running copy, by the files that it is built from: what is new cannot escape. */
const paths = readdirSync(join(process.cwd(), 'app'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('/route.ts') && !file.includes('[[') && !file.startsWith('api/auth/'))
  .map(
    (file) =>
      `/${file.replace('/route.ts', '').replace('[id]', '0198c0de-0000-7000-8000-000000000001').replace('[name]', 'default')}`,
  );

test('a viewer changes nothing by any route', async ({ browser }) => {
  const context = await browserOf(browser, 'viewer');
  const headers = { origin: environment.TASKDECK_URL, 'content-type': 'application/json' };
  let refused = 0;
  for (const path of [...paths, '/board/api/queues/default/pause']) {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const response = await context.request.fetch(path, { method, headers, data: '{}' });
      // Views are a member's own, whatever their role; 405: there is no such method.
      if (path.startsWith('/api/views')) continue;
      expect([403, 405], `${method} ${path} answered ${response.status()}`).toContain(response.status());
      if (response.status() === 403) refused += 1;
    }
  }
  expect(refused).toBeGreaterThan(25);
  await context.close();
});
