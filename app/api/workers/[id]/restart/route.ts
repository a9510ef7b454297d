import { sentCommandSchema } from '#lib/openapi/index';
import { sendWorkerCommand } from '#lib/workers/index';
import { handle } from '../../../handle.ts';
import { idParam } from '../../../request.ts';

const doc = {
  summary: 'Restart a worker',
  description: 'It finishes what it runs and ends; its pool starts another one.',
  status: 202,
  response: sentCommandSchema,
};

export const POST = handle({ role: 'admin', route: '/api/workers/[id]/restart', doc }, async ({ actor, params }) => {
  return Response.json(await sendWorkerCommand(actor, idParam(params, 'worker'), { command: 'restart' }), {
    status: 202,
  });
});
