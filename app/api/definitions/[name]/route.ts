import { parseInput } from '#lib/json/index';
import { definitionSchema } from '#lib/openapi/index';
import { definitionPatchSchema, setDefinitionRetention } from '#lib/tasks/index';
import { readJson } from '../../body.ts';
import { handle } from '../../handle.ts';
import { nameParam } from '../../request.ts';

const doc = {
  summary: 'Set for how long the ended tasks of a task type are kept',
  description: "From then on this, and not the task type's code, decides it.",
  body: definitionPatchSchema,
  example: { retentionMs: 2_592_000_000 },
  response: definitionSchema,
};

export const PATCH = handle(
  { role: 'admin', route: '/api/definitions/[name]', doc },
  async ({ actor, request, params }) => {
    const name = nameParam(params, 'task type');
    const patch = parseInput(definitionPatchSchema, await readJson(request), 'The setting is not right.');
    return Response.json(await setDefinitionRetention(actor, name, patch));
  },
);
