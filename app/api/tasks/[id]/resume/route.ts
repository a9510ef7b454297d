import { controlledSchema } from '#lib/openapi/index';
import { resumeTask } from '#lib/tasks/index';
import { handle } from '../../../handle.ts';
import { idParam } from '../../../request.ts';

const doc = {
  summary: 'Resume a paused task',
  description: 'It goes on from where it was; if its time has come meanwhile, it is pending.',
  status: 202,
  response: controlledSchema,
};

export const POST = handle({ role: 'operator', route: '/api/tasks/[id]/resume', doc }, async ({ actor, params }) => {
  return Response.json(await resumeTask(actor, idParam(params, 'task')), { status: 202 });
});
