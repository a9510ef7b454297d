import { controlledSchema } from '#lib/openapi/index';
import { archiveTask } from '#lib/tasks/index';
import { handle } from '../../../handle.ts';
import { idParam } from '../../../request.ts';

const doc = {
  summary: 'Archive an ended task',
  description: 'It leaves the lists and stays readable by its id.',
  status: 202,
  response: controlledSchema,
};

export const POST = handle({ role: 'operator', route: '/api/tasks/[id]/archive', doc }, async ({ actor, params }) => {
  return Response.json(await archiveTask(actor, idParam(params, 'task')), { status: 202 });
});
