import { sentCommandSchema } from '#lib/openapi/index';
import { sendWorkerCommand } from '#lib/workers/index';
import { handle } from '../../../handle.ts';
import { idParam } from '../../../request.ts';

const doc = {
  summary: 'Resume a worker',
  description: 'It takes tasks again.',
  status: 202,
  response: sentCommandSchema,
};

export const POST = handle({ role: 'admin', route: '/api/workers/[id]/resume', doc }, async ({ actor, params }) => {
  return Response.json(await sendWorkerCommand(actor, idParam(params, 'worker'), { command: 'resume' }), {
    status: 202,
  });
});
