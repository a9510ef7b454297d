import { setTimeout as delay } from 'node:timers/promises';

/** What did not happen in time; a fault that waits for it in vain has failed. */
export class WaitedInVain extends Error {
  override readonly name = 'WaitedInVain';
}

/**
 * Asks again and again until there is an answer other than undefined and false.
 * @throws WaitedInVain after `ms`, saying for what
 */
export async function until<T>(what: string, ask: () => Promise<T | undefined | false>, ms = 60_000): Promise<T> {
  for (const end = Date.now() + ms; ; await delay(50)) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new WaitedInVain(`Waited ${Math.round(ms / 1_000)} s in vain for ${what}`);
  }
}
