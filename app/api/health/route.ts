import { checkHealth } from '#lib/health/index';
import { handle } from '../handle.ts';

// Public, for load balancers: it says what works, and nothing of versions, hosts or addresses.
export const GET = handle({ role: 'public', route: '/api/health' }, async () => {
  const health = await checkHealth();
  return Response.json(health, {
    status: health.accepting ? 200 : 503,
    headers: health.accepting ? {} : { 'retry-after': '5' },
  });
});
