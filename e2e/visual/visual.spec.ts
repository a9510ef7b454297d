import { expect, test } from '../support/test.ts';
import { closeRows } from '../support/rows.ts';
import { failedTask, seedPictures } from './fixture.ts';

/**
 * Each page beside its picture in e2e/visual/pictures: light, dark, and as wide as a phone. Times and figures that are never the
 * same twice are masked. After a change that is meant: npm test -- pictures, and look at what changed before it is committed.
 */
const pages = {
  overview: '/',
  tasks: '/tasks',
  'tasks-failed': '/tasks?state=failed',
  task: `/tasks/${failedTask}`,
  'new-task': '/tasks/new?definition=sendMessage',
  'dead-letters': '/dead-letters',
  queues: '/queues',
  workers: '/workers',
  definitions: '/definitions',
  definition: '/definitions/sendMessage',
  members: '/settings/members',
  keys: '/settings/keys',
  retention: '/settings/retention',
  appearance: '/settings/appearance',
  audit: '/audit',
};

const looks = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
  { name: 'phone', colorScheme: 'light', viewport: { width: 390, height: 844 } },
] as const;

test.beforeAll(seedPictures);
test.afterAll(closeRows);

for (const { name: look, ...use } of looks) {
  test.describe(look, () => {
    test.use({ ...use, contextOptions: { reducedMotion: 'reduce' } });
    for (const [name, path] of Object.entries(pages)) {
      test(name, async ({ page }) => {
        await page.goto(path);
        await expect(page.getByTestId('link-state')).toContainText('Live');
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(page).toHaveScreenshot(`${name}-${look}.png`, {
          mask: [page.locator('time, figure, [data-volatile]')],
          maskColor: '#888888',
        });
      });
    }
  });
}
