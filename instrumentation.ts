import type { Instrumentation } from 'next';

/** Runs once when the web process starts. */
export async function register(): Promise<void> {
  // As a block, not an early return: the bundler drops it whole from the build for the edge runtime.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const [{ config }, { configureLog, log }, { engine }, { publishMissed }] = await Promise.all([
      import('#lib/config'),
      import('#lib/observability/index'),
      import('#lib/queues/index'),
      import('#lib/realtime/index'),
    ]);
    // Reads the whole environment: a wrong one stops the start, with a message that names it.
    configureLog({ service: 'web', level: config().LOG_LEVEL });
    // Connects in the background, so that the first task does not wait for the relay.
    log.info('web started', { engine: engine().kind });
    // The process before may have died with changes that it had not told.
    void publishMissed();
  }
}

/** Errors of pages; those of API routes are caught and logged by handle(). The request's headers stay out: they hold cookies. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { log } = await import('#lib/observability/index');
    log.error('page failed', { error, method: request.method, route: context.routePath, type: context.routeType });
  }
};
