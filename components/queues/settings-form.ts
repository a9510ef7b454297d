import type { QueueSettings } from '#lib/queues/types';
import type { QueueChanges } from './calls.ts';

/** A queue's settings as they stand in their fields; empty means no limit. */
export type SettingsForm = {
  concurrency: string;
  globalConcurrency: string;
  rateMax: string;
  rateSeconds: string;
  highWater: string;
  waitingLimit: string;
  serial: boolean;
  draining: boolean;
};

/** What a queue is made with. */
export const newQueue: Omit<QueueSettings, 'name' | 'paused'> = {
  concurrency: 20,
  highWater: 5_000,
  globalConcurrency: null,
  rateLimit: null,
  waitingLimit: null,
  serial: false,
  draining: false,
};

const textOf = (value: number | null | undefined): string =>
  value === null || value === undefined ? '' : String(value);

export const formOf = (queue: typeof newQueue): SettingsForm => ({
  concurrency: textOf(queue.concurrency),
  globalConcurrency: textOf(queue.globalConcurrency),
  rateMax: textOf(queue.rateLimit?.max),
  rateSeconds: textOf(queue.rateLimit && queue.rateLimit.perMs / 1_000),
  highWater: textOf(queue.highWater),
  waitingLimit: textOf(queue.waitingLimit),
  serial: queue.serial,
  draining: queue.draining,
});

/** A number; null where nothing stands; the text itself where it is no number, so that it is refused and not taken for none. */
function numberIn(text: string): number | string | null {
  if (text.trim() === '') return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}

function rateIn({ rateMax, rateSeconds }: SettingsForm): unknown {
  const [max, seconds] = [numberIn(rateMax), numberIn(rateSeconds)];
  if (max === null && seconds === null) return null;
  return { max, perMs: typeof seconds === 'number' ? Math.round(seconds * 1_000) : seconds };
}

/** What the form says otherwise than `queue`: what somebody else changed meanwhile stays. */
export function changesIn(form: SettingsForm, queue: typeof newQueue): QueueChanges {
  const wanted: QueueChanges = {
    concurrency: numberIn(form.concurrency),
    globalConcurrency: numberIn(form.globalConcurrency),
    rateLimit: rateIn(form),
    highWater: numberIn(form.highWater),
    waitingLimit: numberIn(form.waitingLimit),
    serial: form.serial,
    draining: form.draining,
  };
  const names = Object.keys(wanted) as (keyof typeof wanted & keyof typeof newQueue)[];
  const changed = names.filter((name) => JSON.stringify(wanted[name]) !== JSON.stringify(queue[name]));
  return Object.fromEntries(changed.map((name) => [name, wanted[name]]));
}
