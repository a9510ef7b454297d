import type { Page } from '@playwright/test';

/**
 * Does on the list what people do, again and again, and reads from the browser how long each interaction took until the next
 * frame: the Event Timing API, which Interaction to Next Paint is computed from. Milliseconds, in steps of 8.
 */
export async function interact(page: Page, times: number): Promise<number[]> {
  await page.evaluate(() => {
    const seen = new Map<number, number>();
    Object.assign(window, { interactions: seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceEventTiming[]) {
        if (entry.interactionId)
          seen.set(entry.interactionId, Math.max(seen.get(entry.interactionId) ?? 0, entry.duration));
      }
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
  let done = 0;
  for (let round = 0; round < times; round += 1) {
    for (const act of actions) {
      await act(page);
      done += 1;
    }
  }
  await page.evaluate(() => new Promise(requestAnimationFrame));
  const slow = await page.evaluate(() => [
    ...(window as unknown as { interactions: Map<number, number> }).interactions.values(),
  ]);
  // What took less than the threshold is not told: it counts as that.
  return [...slow, ...Array.from({ length: Math.max(0, done - slow.length) }, () => 16)];
}

/** Each is one interaction. */
const actions: ((page: Page) => Promise<void>)[] = [
  (page) => page.keyboard.press('ArrowDown'),
  (page) => page.keyboard.press('ArrowDown'),
  (page) =>
    page
      .getByRole('searchbox')
      .or(page.getByRole('combobox', { name: /search/i }))
      .first()
      .click(),
  (page) => page.keyboard.press('a'),
  (page) => page.keyboard.press('Backspace'),
  (page) => page.keyboard.press('Escape'),
  (page) => page.getByRole('button', { name: /theme/i }).click(),
  (page) => page.keyboard.press('Escape'),
];
