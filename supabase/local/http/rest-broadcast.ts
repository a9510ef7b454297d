import type { IncomingMessage, ServerResponse } from 'node:http';

import { z } from 'zod';

import type { BroadcastContent } from '../realtime/frames.ts';
import { IdentityError, isOpaqueKey } from '../realtime/identity.ts';
import type { Identity } from '../realtime/identity.ts';
import { KeyedRateLimiter } from '../realtime/limits.ts';
import type { Services } from '../realtime/services.ts';
import { TOPIC_PREFIX } from '../realtime/topic.ts';
import { answer } from './answer.ts';
import { readBody } from './body.ts';

const BATCH_PATH = '/realtime/v1/api/broadcast';
const SINGLE_PATH = /^\/realtime\/v1\/api\/broadcast\/([^/]+)\/events\/([^/]+)$/;

const batchSchema = z.object({
  messages: z
    .array(
      z.object({
        topic: z.string().min(1),
        event: z.string().min(1),
        payload: z.record(z.string(), z.unknown()),
        private: z.boolean().default(false),
      }),
    )
    .min(1)
    .max(1000),
});

type Message = { topic: string; isPrivate: boolean; content: BroadcastContent };

/** Broadcast over HTTP: many messages in one body, or one message whose body is the payload. */
export class RestBroadcast {
  readonly #services: Services;
  readonly #rate: KeyedRateLimiter;

  constructor(services: Services) {
    this.#services = services;
    this.#rate = new KeyedRateLimiter(services.limits.restMessagesPerSecond);
  }

  /** True for the paths that this class answers. */
  static serves(pathname: string): boolean {
    return pathname === BATCH_PATH || SINGLE_PATH.test(pathname);
  }

  /** @throws BodyTooLarge, or the driver's error when the database does not answer */
  async serve(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    if (request.method !== 'POST') return answer(response, 405, { message: 'Method not allowed' });
    const identity = await this.#identify(request, url);
    if (!identity) return answer(response, 401, { message: 'Unauthorized' });
    const body = await readBody(request, this.#services.limits.bodyBytes);
    const single = SINGLE_PATH.exec(url.pathname);
    const messages = single ? readSingle(single, url, request, body) : readBatch(body);
    if (typeof messages === 'string') return answer(response, 422, { message: messages });
    if (messages.some(({ content }) => content.payload.length > this.#services.limits.payloadBytes)) {
      return answer(response, 422, { message: 'Payload size exceeds the limit' });
    }
    if (!this.#rate.take(request.socket.remoteAddress ?? '', messages.length))
      return answer(response, 429, { message: 'Too many requests' });
    const refused = await this.#publish(messages, identity);
    // In a batch, what may not be sent is dropped silently, as on Supabase.
    if (single && refused > 0) return answer(response, 403, { message: 'Unauthorized' });
    answer(response, 202);
  }

  /** Sends in order and returns how many were refused; each private topic is asked about once. */
  async #publish(messages: Message[], identity: Identity): Promise<number> {
    const { authorizer, hub } = this.#services;
    const allowed = new Map<string, boolean>();
    for (const { topic, isPrivate } of messages) {
      if (isPrivate && !allowed.has(topic)) allowed.set(topic, await authorizer.mayWrite(topic, identity));
    }
    const permitted = messages.filter(({ topic, isPrivate }) => !isPrivate || allowed.get(topic) === true);
    for (const { content, isPrivate } of permitted) hub.publish(content, isPrivate);
    return messages.length - permitted.length;
  }

  async #identify(request: IncomingMessage, url: URL): Promise<Identity | null> {
    const { identities } = this.#services;
    const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const header = request.headers.apikey;
    const key = typeof header === 'string' ? header : url.searchParams.get('apikey');
    try {
      if (bearer && !isOpaqueKey(bearer)) return await identities.fromToken(bearer);
      const apiKey = key ?? bearer;
      return apiKey ? await identities.fromApiKey(apiKey) : null;
    } catch (error) {
      if (error instanceof IdentityError) return null;
      throw error;
    }
  }
}

/** The messages, or what is wrong with them. */
function readBatch(body: Buffer): Message[] | string {
  const json = parseJson(body);
  const parsed = batchSchema.safeParse(json);
  if (!parsed.success)
    return parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  return parsed.data.messages.map(({ topic, event, payload, private: isPrivate }) => ({
    topic,
    isPrivate,
    content: { topic: TOPIC_PREFIX + topic, event, payload: Buffer.from(JSON.stringify(payload)), encoding: 'json' },
  }));
}

function readSingle(match: RegExpExecArray, url: URL, request: IncomingMessage, body: Buffer): Message[] | string {
  const [, topic = '', event = ''] = match.map(decode);
  if (!topic || !event) return 'topic and event must be percent-encoded';
  const isBinary = (request.headers['content-type'] ?? '').startsWith('application/octet-stream');
  if (!isBinary && parseJson(body) === undefined) return 'the body must be JSON';
  const isPrivate = url.searchParams.get('private') === 'true';
  return [
    {
      topic,
      isPrivate,
      content: { topic: TOPIC_PREFIX + topic, event, payload: body, encoding: isBinary ? 'binary' : 'json' },
    },
  ];
}

/** '' when the text is not percent-encoding. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** undefined when the body is not JSON. */
function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
