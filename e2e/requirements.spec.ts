import { expect, test } from './support/test.ts';

test('complete task workflow', { tag: '@engine' }, async ({ page }) => {
  await page.goto('/');

  // Create new task
  await page.click('button[data-testid="create-task"]');
  await page.fill('input[name="taskType"]', 'sendMessage');
  await page.fill('textarea[name="payload"]', '{"message": "test"}');
  await page.click('button[type="submit"]');

  // Wait for real-time updates
  await expect(page.locator('[data-testid="task-status"]')).toHaveText('completed', { timeout: 5000 });

  // Check task details
  await page.click('[data-testid="task-details"]');
  await expect(page.locator('[data-testid="task-result"]')).toBeVisible();
});
