import { definitionSchema } from '#lib/openapi/index';
import { setDefinitionActive } from '#lib/tasks/index';
import { handle } from '../../../handle.ts';
import { nameParam } from '../../../request.ts';

const doc = {
  summary: 'Refuse new tasks of a type',
  description: 'Those it has are run.',
  response: definitionSchema,
};

export const POST = handle(
  { role: 'admin', route: '/api/definitions/[name]/deactivate', doc },
  async ({ actor, params }) => {
    return Response.json(await setDefinitionActive(actor, nameParam(params, 'task type'), false));
  },
);
