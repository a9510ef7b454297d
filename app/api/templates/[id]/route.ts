import { parseInput } from '#lib/json/index';
import { templateSchema } from '#lib/openapi/index';
import { deleteTemplate, templatePatchSchema, updateTemplate } from '#lib/templates/index';
import { readJson } from '../../body.ts';
import { handle } from '../../handle.ts';
import { idParam } from '../../request.ts';

const patchDoc = {
  summary: 'Change a template',
  description: 'What is left out stays.',
  body: templatePatchSchema,
  example: { name: 'Good evening' },
  response: templateSchema,
};

export const PATCH = handle(
  { role: 'operator', route: '/api/templates/[id]', doc: patchDoc },
  async ({ actor, params, request }) => {
    const id = idParam(params, 'template');
    const patch = parseInput(templatePatchSchema, await readJson(request), 'The template is not right.');
    return Response.json(await updateTemplate(actor, id, patch));
  },
);

const deleteDoc = { summary: 'Delete a template', status: 204, response: null };

export const DELETE = handle(
  { role: 'operator', route: '/api/templates/[id]', doc: deleteDoc },
  async ({ actor, params }) => {
    await deleteTemplate(actor, idParam(params, 'template'));
    return new Response(null, { status: 204 });
  },
);
