import { checkHealth } from '#lib/health/index';
import { healthSchema } from '#lib/openapi/index';
import { handle } from '../handle.ts';

const doc = {
  summary: 'Say whether each part works',
  description: '503 when a task could not be accepted.',
  response: healthSchema,
};

// Public, for load balancers: it says what works, and nothing of versions, hosts or addresses.
export const GET = handle({ role: 'public', route: '/api/health', doc }, async () => {
  const health = await checkHealth();
  return Response.json(health, {
    status: health.accepting ? 200 : 503,
    headers: health.accepting ? {} : { 'retry-after': '5' },
  });
});
