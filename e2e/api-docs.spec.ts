import type { OpenApiDocument } from '#lib/openapi/types';
import { api, submit } from './support/api.ts';
import { expect, test } from './support/test.ts';

test('the API page says how a verb is called, and leads to the schemas it names', async ({ page }) => {
  await page.goto('/api-docs');
  await page.getByText('Submit a task', { exact: true }).click();
  const submitting = page.locator('details#postTasks');
  await expect(submitting.getByText('curl -X POST "$TASKDECK_URL/api/tasks"')).toBeVisible();
  await expect(submitting.getByText('dependsOn?:')).toBeVisible();
  await page.locator('details#postTasks').getByRole('link', { name: 'TaskState' }).click();
  await expect(page.locator('#schema-TaskState')).toBeInViewport();
});

test('the document of the API is there for generators', async () => {
  const document = (await (await api('/api/openapi.json')).json()) as OpenApiDocument;
  expect(document.openapi).toBe('3.1.1');
  expect(document.paths['/api/tasks/{id}/cancel']?.post?.summary).toBe('Cancel a task');
});

test('a program waits for the end of a task that a worker runs', async () => {
  const id = await submit('sendMessage', { message: 'Waited for' });
  const response = await api(`/api/tasks/${id}/wait?timeoutMs=30000`);
  expect(await response.json()).toMatchObject({ id, state: 'completed', result: { deliveredTo: 'inbox' } });
});
