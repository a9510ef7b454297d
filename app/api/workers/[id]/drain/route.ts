import { sentCommandSchema } from '#lib/openapi/index';
import { sendWorkerCommand } from '#lib/workers/index';
import { handle } from '../../../handle.ts';
import { idParam } from '../../../request.ts';

const doc = {
  summary: 'Drain a worker',
  description: 'It finishes what it runs and ends. Its pool starts no other in its stead.',
  status: 202,
  response: sentCommandSchema,
};

export const POST = handle({ role: 'admin', route: '/api/workers/[id]/drain', doc }, async ({ actor, params }) => {
  return Response.json(await sendWorkerCommand(actor, idParam(params, 'worker'), { command: 'drain' }), {
    status: 202,
  });
});
