import { sentCommandSchema } from '#lib/openapi/index';
import { sendWorkerCommand } from '#lib/workers/index';
import { handle } from '../../../handle.ts';
import { idParam } from '../../../request.ts';

const doc = {
  summary: 'Pause a worker',
  description: 'It takes no more tasks until it is resumed. Those that run go on.',
  status: 202,
  response: sentCommandSchema,
};

export const POST = handle({ role: 'admin', route: '/api/workers/[id]/pause', doc }, async ({ actor, params }) => {
  return Response.json(await sendWorkerCommand(actor, idParam(params, 'worker'), { command: 'pause' }), {
    status: 202,
  });
});
