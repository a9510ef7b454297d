import { definitionSchema } from '#lib/openapi/index';
import { setDefinitionActive } from '#lib/tasks/index';
import { handle } from '../../../handle.ts';
import { nameParam } from '../../../request.ts';

const doc = {
  summary: 'Let a task type take tasks again',
  response: definitionSchema,
};

export const POST = handle(
  { role: 'admin', route: '/api/definitions/[name]/activate', doc },
  async ({ actor, params }) => {
    return Response.json(await setDefinitionActive(actor, nameParam(params, 'task type'), true));
  },
);
