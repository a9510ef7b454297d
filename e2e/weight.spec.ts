import { gzipSync } from 'node:zlib';
import { submit, waitForState } from './support/api.ts';
import { everyPage } from './support/pages.ts';
import { expect, test } from './support/test.ts';

const budget = 250 * 1024;

test('the JavaScript that a page loads first is at most 250 KB, gzipped', async ({ page }) => {
  const id = await submit('sendMessage', { message: 'How heavy is this?' });
  await waitForState(id, ['completed']);
  const sizes = new Map<string, number>();
  const sizeOf = async (script: string): Promise<number> => {
    const known = sizes.get(script) ?? gzipSync(await (await page.request.get(script)).body()).length;
    sizes.set(script, known);
    return known;
  };
  for (const path of everyPage(id)) {
    const html = await (await page.request.get(path)).text();
    // Browsers of this decade leave out what is marked as for older ones.
    const scripts = [...html.matchAll(/<script\b[^>]*>/g)]
      .map(([tag]) => tag)
      .filter((tag) => !/\bnomodule\b/i.test(tag))
      .flatMap((tag) => /\bsrc="([^"]+)"/.exec(tag)?.[1] ?? []);
    const total = (await Promise.all([...new Set(scripts)].map(sizeOf))).reduce((sum, size) => sum + size, 0);
    expect(scripts.length, path).toBeGreaterThan(0);
    expect(total, path).toBeLessThanOrEqual(budget);
  }
});
