import { z } from 'zod';
import { headerProblem } from '#lib/net/index';
import { defineTask, PermanentError } from '#lib/tasks/define';
import { textField } from './forms/fields.ts';
import { fetchForTask, mayPass } from './http/fetch-for-task.ts';
import { readResponseBody } from './http/response-body.ts';

/** Headers worth keeping in a result. Cookies and other secrets are not among them. */
const keptHeaders = [
  'cache-control',
  'content-language',
  'content-length',
  'content-type',
  'date',
  'etag',
  'last-modified',
  'location',
  'retry-after',
  'server',
  'x-request-id',
];

const payload = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/, error: 'a URL begins with https:// or http://' })
      .max(2048)
      .meta({ title: 'URL', examples: ['https://example.com/api'] }),
    method: z
      .enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
      .default('GET')
      .meta({ title: 'Method' }),
    headers: z.record(z.string(), z.string()).default({}).meta({
      title: 'Headers',
      description: 'Idempotency-Key is added unless you set it: it stays the same over all attempts.',
    }),
    body: textField(z.string().max(200_000), {
      title: 'Body',
      description: 'Sent as application/json when it is JSON and no Content-Type is set.',
    }).optional(),
    timeoutMs: z
      .int()
      .min(100)
      .max(60_000)
      .default(10_000)
      .meta({ title: 'Request timeout', description: 'In milliseconds, for the whole request with its redirects.' }),
    expectStatus: z.int().min(100).max(599).optional().meta({
      title: 'Expected status',
      description: 'Any other one fails the task. Without it, those from 400 on do.',
    }),
    followRedirects: z
      .boolean()
      .default(true)
      .meta({ title: 'Follow redirects', description: 'At most 5; each target is checked like the URL.' }),
  })
  .check(({ value, issues }) => {
    if (Object.keys(value.headers).length > 50)
      issues.push({ code: 'custom', path: ['headers'], message: 'at most 50 headers', input: value.headers });
    for (const [name, content] of Object.entries(value.headers)) {
      const message = headerProblem(name, content);
      if (message) issues.push({ code: 'custom', path: ['headers', name], message, input: content });
    }
    const hasNoBody = value.method === 'GET' || value.method === 'HEAD';
    if (hasNoBody && value.body)
      issues.push({
        code: 'custom',
        path: ['body'],
        message: `a ${value.method} request has no body`,
        input: value.body,
      });
  });

export default defineTask({
  name: 'httpRequest',
  title: 'HTTP request',
  description:
    'Calls a URL and keeps the answer: status, headers and up to 64 KB of the body. Addresses of private networks are refused unless the operator allows them in HTTP_ALLOW_PRIVATE.',
  payload,
  example: { url: 'https://example.com/', method: 'GET' },
  retry: { attempts: 4, backoff: { type: 'exponential', delay: 1_000, max: 60_000, jitter: true } },
  timeout: 90_000,

  async run({ url, method, headers, body, timeoutMs, expectStatus, followRedirects }, task) {
    const { host } = new URL(url);
    task.log.info(`${method} ${host}`, { attempt: task.attempt });
    const response = await fetchForTask(url, {
      method,
      headers: withDefaults(headers, body, task.idempotencyKey),
      body,
      timeoutMs,
      allowHttp: true,
      maxRedirects: followRedirects ? 5 : 0,
      overflow: 'truncate',
      signal: task.signal,
    });
    task.log.info(`${host} answered ${response.status} after ${response.durationMs} ms`, {
      bytes: response.body.length,
      truncated: response.truncated,
    });

    const accepted = expectStatus === undefined ? response.status < 400 : response.status === expectStatus;
    if (!accepted) throw unexpected(host, response.status, expectStatus);
    return {
      status: response.status,
      url: response.url,
      headers: Object.fromEntries(Object.entries(response.headers).filter(([name]) => keptHeaders.includes(name))),
      ...readResponseBody(response.body, response.headers['content-type'] ?? '', response.truncated),
      truncated: response.truncated,
      bytes: response.body.length,
      durationMs: response.durationMs,
    };
  },
});

function withDefaults(
  headers: Record<string, string>,
  body: string | undefined,
  idempotencyKey: string,
): Record<string, string> {
  const given = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const defaults: Record<string, string> = { 'idempotency-key': idempotencyKey };
  if (body) defaults['content-type'] = isJson(body) ? 'application/json' : 'text/plain; charset=utf-8';
  return { ...headers, ...Object.fromEntries(Object.entries(defaults).filter(([name]) => !given.has(name))) };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A request that the server refuses is refused again; one that it could not serve is worth another attempt. */
function unexpected(host: string, status: number, expected: number | undefined): Error {
  const message = `${host} answered ${status}${expected === undefined ? '' : `, not ${expected}`}.`;
  return mayPass(status)
    ? new Error(message)
    : new PermanentError(`${message} Another attempt would be answered the same.`);
}
