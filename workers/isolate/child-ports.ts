import { type TaskContext, toProgress } from '#lib/tasks/define';
import { createCappedLog } from '../runner/capped-log.ts';
import type { Ports } from '../runner/context.ts';
import { type Order, type Report, toRefusal } from './protocol.ts';

type Answer = Extract<Order, { type: 'answer' | 'refusal' }>;

export type ChildPorts = {
  ports: Ports;
  /** What the worker answered to a call. */
  settle(answer: Answer): void;
  /** Sends what was held back. From now on nothing is sent: what a handler left behind speaks for no later one. */
  end(): void;
};

/** A loop may report each of a million steps: so many go to the worker. */
const progressEveryMs = 50;

/** Over all handlers of this process: an answer that comes late is not taken for another's. */
let lastCall = 0;

/** What a handler's context leads to in its own process: messages to the worker. */
export function createChildPorts(send: (report: Report) => void, signal: AbortSignal): ChildPorts {
  const calls = new Map<number, PromiseWithResolvers<string | undefined>>();
  let held: Report | undefined;
  let sentAt = -Infinity;
  let timer: NodeJS.Timeout | undefined;
  let over = false;

  function tell(report: Report): void {
    if (!over) send(report);
  }

  function ask(question: (call: number) => Report): Promise<string | undefined> {
    if (over) return Promise.reject(new Error('The attempt has ended: nothing that its handler still does is kept.'));
    const call = (lastCall += 1);
    const answer = Promise.withResolvers<string | undefined>();
    calls.set(call, answer);
    send(question(call));
    return answer.promise;
  }

  function sendHeld(): void {
    clearTimeout(timer);
    timer = undefined;
    if (!held) return;
    tell(held);
    held = undefined;
    sentAt = performance.now();
  }

  // By the clock first, since the timer never fires while the handler keeps the thread busy.
  function progress(value: Parameters<TaskContext['progress']>[0]): void {
    const { fraction, done, total, message } = toProgress(value);
    const counts = done !== undefined && total !== undefined;
    held = { type: 'progress', value: counts ? { done, total, ...(message !== undefined && { message }) } : fraction };
    const sinceMs = performance.now() - sentAt;
    if (sinceMs >= progressEveryMs) sendHeld();
    else timer ??= setTimeout(sendHeld, progressEveryMs - sinceMs);
  }

  return {
    ports: {
      signal,
      log: createCappedLog((level, message, fields) => tell({ type: 'log', level, message, fields })),
      progress,
      heartbeat: () => tell({ type: 'heartbeat' }),
      emit: async (name, payload, options = {}) => {
        const id = await ask((call) => ({ type: 'emit', call, name, payload, options }));
        if (id === undefined) throw new Error('The worker answered without the id of the child task.');
        return { id };
      },
      flush: async () => {
        await ask((call) => ({ type: 'flush', call }));
      },
    },
    settle: (answer) => {
      const call = calls.get(answer.call);
      calls.delete(answer.call);
      if (answer.type === 'answer') call?.resolve(answer.id);
      else call?.reject(toRefusal(answer.error));
    },
    end: () => {
      sendHeld();
      over = true;
    },
  };
}
