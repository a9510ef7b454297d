import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { TaskPage } from '../../components/api/types.ts';

/** A task that the API confirmed. */
export type Accepted = {
  id: string;
  key: string;
  /** Of the data that was sent; null for a task that is sent none. */ sha256: string | null;
};

/** What the body of a task is to do: see workplace/workers/tasks/work.ts. */
export type Work = { ms?: number; failures?: number; deaf?: boolean };

/** The client of the API: it remembers what was promised to it, in files that outlive a crash of the harness. */
export type Client = {
  accepted: Map<string, Accepted>;
  /** Keys of requests whose outcome is unknown, with the body that was sent. */
  ambiguous: Map<string, string>;
  /** Answers other than 202 by status; 0 stands for no answer at all. */
  refused: Map<number, number>;
  /** Milliseconds of each 202. */
  latencies: number[];
  /** Answers that contradict an earlier one: a key that gave two ids. */
  contradictions: string[];
  /** Submits one task; the id, or undefined when it was not confirmed. */
  submit(work: Work): Promise<string | undefined>;
  /** Sends a body under a key, as `submit` does. */
  send(key: string, body: string): Promise<string | undefined>;
  /** Sends every ambiguous request again with its key, until none is left or `ms` are over. */
  resolve(ms: number): Promise<void>;
  /** The newest tasks, as the page asks for them. */
  list(limit: number): Promise<TaskPage>;
  /** Asks to cancel or retry; the state in the answer, or undefined when it was refused. */
  control(id: string, verb: 'cancel' | 'retry'): Promise<string | undefined>;
  /** Pauses or resumes a queue; whether that was confirmed. */
  queue(name: string, verb: 'pause' | 'resume'): Promise<boolean>;
};

const answerSchema = z.object({ id: z.string(), state: z.string() });
const timeoutMs = 10_000;

export function createClient({ url, apiKey, folder }: { url: () => string; apiKey: string; folder: string }): Client {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  const client: Client = {
    accepted: new Map(),
    ambiguous: new Map(),
    refused: new Map(),
    latencies: [],
    contradictions: [],
    send,
    submit: (work) => {
      const data = randomBytes(24).toString('base64url');
      return send(randomBytes(12).toString('hex'), JSON.stringify({ definition: 'work', payload: { ...work, data } }));
    },
    resolve: async (ms) => {
      for (const end = Date.now() + ms; client.ambiguous.size > 0 && Date.now() < end; await delay(100)) {
        const left = [...client.ambiguous];
        await inParallel(16, async () => {
          for (let next = left.pop(); next; next = left.pop()) await send(...next);
        });
      }
    },
    list: async (limit) => {
      const response = await fetch(`${url()}/api/tasks?limit=${limit}`, {
        headers,
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (!response.ok) throw new Error(`the list answered ${response.status}`);
      return (await response.json()) as TaskPage;
    },
    queue: async (name, verb) => (await post(`/api/queues/${name}/${verb}`, ''))?.status === 200,
    control: async (id, verb) => {
      const response = await post(`/api/tasks/${id}/${verb}`, '');
      return response?.status === 202 ? answerSchema.parse(response.body).state : undefined;
    },
  };

  async function send(key: string, body: string): Promise<string | undefined> {
    const started = performance.now();
    const response = await post('/api/tasks', body, key);
    // 200 says that the key was seen before: the first answer was lost, or both were on their way.
    if (response?.status === 202 || response?.status === 200) {
      const { id } = answerSchema.parse(response.body);
      client.latencies.push(performance.now() - started);
      accept(key, id, body);
      return id;
    }
    const status = response?.status ?? 0;
    client.refused.set(status, (client.refused.get(status) ?? 0) + 1);
    // 4xx is a clear no; of anything else nobody knows whether it came through.
    if (status === 0 || status >= 500) {
      client.ambiguous.set(key, body);
      appendFileSync(`${folder}/ambiguous.log`, `${key} ${status}\n`);
    }
    return undefined;
  }

  function accept(key: string, id: string, body: string): void {
    const known = client.accepted.get(key);
    if (known && known.id !== id) client.contradictions.push(`key ${key} gave ${known.id} and ${id}`);
    const { payload } = JSON.parse(body) as { payload: { data?: string } };
    const sha256 = payload.data === undefined ? null : createHash('sha256').update(payload.data).digest('hex');
    client.accepted.set(key, { id, key, sha256 });
    client.ambiguous.delete(key);
    appendFileSync(`${folder}/accepted.log`, `${id} ${key}\n`);
  }

  async function post(
    path: string,
    body: string,
    key?: string,
  ): Promise<{ status: number; body: unknown } | undefined> {
    try {
      const response = await fetch(`${url()}${path}`, {
        method: 'POST',
        headers: key === undefined ? headers : { ...headers, 'idempotency-key': key },
        body,
        signal: AbortSignal.timeout(timeoutMs),
      });
      return { status: response.status, body: await response.json() };
    } catch {
      return undefined;
    }
  }

  return client;
}

const inParallel = async (count: number, work: () => Promise<void>): Promise<void> =>
  void (await Promise.all(Array.from({ length: count }, work)));

export type Load = {
  /** Resolves when all were sent. */
  done: Promise<void>;
  /** Sends no more; resolves when those on their way are answered. */
  stop(): Promise<void>;
};

type LoadOptions = { tasks: number; work: Work | (() => Work); perSecond?: number; parallel?: number };

/** Submits `tasks` tasks from `parallel` connections, at most `perSecond` of them a second. */
export function startLoad(client: Client, { tasks, work, perSecond = Infinity, parallel = 16 }: LoadOptions): Load {
  const started = performance.now();
  let sent = 0;
  let stopped = false;

  async function connection(): Promise<void> {
    while (!stopped && sent < tasks) {
      const due = started + (sent / perSecond) * 1_000;
      sent += 1;
      const early = due - performance.now();
      if (early > 0) await delay(early);
      const id = await client.submit(typeof work === 'function' ? work() : work);
      // A server that is away answers at once: the load goes on, and does not spin.
      if (id === undefined) await delay(100);
    }
  }

  const done = inParallel(parallel, connection);
  return {
    done,
    stop: () => {
      stopped = true;
      return done;
    },
  };
}
