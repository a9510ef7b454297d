import { sameSecret } from '#lib/access/index';
import type { Actor } from '#lib/access/index';
import { config } from '#lib/config';
import { log, metricsText } from '#lib/observability/index';
import { collectFleetMetrics } from '#lib/queues/index';
import { handle } from '../handle.ts';

/** Prometheus, by its own token: it may read the metrics and call nothing else. */
function prometheus(token: string): Actor | null {
  const expected = config().TASKDECK_METRICS_TOKEN;
  return expected && sameSecret(token, expected)
    ? { kind: 'key', id: 'metrics', name: 'TASKDECK_METRICS_TOKEN', role: 'admin' }
    : null;
}

const doc = {
  summary: 'Metrics for Prometheus',
  description: 'Takes TASKDECK_METRICS_TOKEN as a bearer token too.',
  response: 'text/plain',
} as const;

export const GET = handle({ role: 'admin', route: '/api/metrics', doc, bearer: prometheus }, async () => {
  // Without Postgres the process's own metrics are still true, and are what one looks for then.
  await collectFleetMetrics().catch((error: unknown) => log.warn('fleet metrics were not collected', { error }));
  const { contentType, body } = await metricsText('all');
  return new Response(body, { headers: { 'content-type': contentType } });
});
