import type { Page } from '@playwright/test';

/** Milliseconds since 1970, of this machine's clock. */
export type Moment = number;

/**
 * Opens the task's page and waits for the frame that shows it as completed.
 * @param submit makes a task that does not run before the page has it
 */
export async function seeOnTaskPage(page: Page, submit: () => Promise<string>): Promise<{ id: string; at: Moment }> {
  const id = await submit();
  await page.goto(`/tasks/${id}`);
  return { id, at: await frameWith(page, '[data-testid="task-status"][data-tone="completed"]') };
}

/** Waits on an open list for the frame that shows a new task as completed. */
export async function seeInList(page: Page, submit: () => Promise<string>): Promise<{ id: string; at: Moment }> {
  const id = await submit();
  return { id, at: await frameWith(page, `[data-task-id="${id}"] [data-tone="completed"]`) };
}

const frameWith = (page: Page, selector: string): Promise<Moment> =>
  page.evaluate(
    (selector) =>
      new Promise<number>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`${selector} did not show within 30 s`)), 30_000);
        const look = () => {
          if (document.querySelector(selector) === null) return;
          observer.disconnect();
          clearTimeout(late);
          // The second frame begins when the first, which has the change, is on the screen.
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now())));
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, { subtree: true, childList: true, attributes: true });
        look();
      }),
    selector,
  );
