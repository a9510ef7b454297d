import { parseInput } from '#lib/json/index';
import { savedViewSchema } from '#lib/openapi/index';
import { deleteView, updateView, viewPatchSchema } from '#lib/views/index';
import { readJson } from '../../body.ts';
import { handle } from '../../handle.ts';
import { idParam } from '../../request.ts';

const patchDoc = {
  summary: 'Change a saved view',
  description: "What is left out stays. One's own; an admin also changes shared ones of others.",
  body: viewPatchSchema,
  example: { name: 'Failed imports of today' },
  response: savedViewSchema,
};

export const PATCH = handle(
  { role: 'viewer', route: '/api/views/[id]', doc: patchDoc },
  async ({ actor, params, request }) => {
    const id = idParam(params, 'view');
    const patch = parseInput(viewPatchSchema, await readJson(request), 'The view is not right.');
    return Response.json(await updateView(actor, id, patch));
  },
);

const deleteDoc = { summary: 'Delete a saved view', status: 204, response: null };

export const DELETE = handle(
  { role: 'viewer', route: '/api/views/[id]', doc: deleteDoc },
  async ({ actor, params }) => {
    await deleteView(actor, idParam(params, 'view'));
    return new Response(null, { status: 204 });
  },
);
