import type { Instrumentation } from 'next';

/** Runs once when the web process starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { config } = await import('#lib/config');
  const { configureLog, log } = await import('#lib/observability/index');
  // Reads the whole environment: a wrong one stops the start, with a message that names it.
  configureLog({ service: 'web', level: config().LOG_LEVEL });
  log.info('web started', { pid: process.pid });
}

/** Errors of pages; those of API routes are caught and logged by handle(). The request's headers stay out: they hold cookies. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { log } = await import('#lib/observability/index');
  log.error('page failed', { error, method: request.method, route: context.routePath, type: context.routeType });
};
