import { parseInput } from '#lib/json/index';
import { sentCommandSchema } from '#lib/openapi/index';
import { sendWorkerCommand, workerPatchSchema } from '#lib/workers/index';
import { readJson } from '../../body.ts';
import { handle } from '../../handle.ts';
import { idParam } from '../../request.ts';

const doc = {
  summary: 'Set the slots of a worker',
  description:
    'Of one queue, or of each of its queues. They hold until the worker ends, over the settings of the queue; null follows the settings again.',
  body: workerPatchSchema,
  example: { queue: 'default', slots: 5 },
  status: 202,
  response: sentCommandSchema,
};

export const PATCH = handle({ role: 'admin', route: '/api/workers/[id]', doc }, async ({ actor, request, params }) => {
  const id = idParam(params, 'worker');
  const patch = parseInput(workerPatchSchema, await readJson(request), 'The slots are not right.');
  return Response.json(await sendWorkerCommand(actor, id, { command: 'slots', ...patch }), { status: 202 });
});
