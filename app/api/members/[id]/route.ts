import { memberPatchSchema, removeMember, updateMember } from '#lib/access/index';
import { parseInput } from '#lib/json/index';
import { memberChangeSchema } from '#lib/openapi/index';
import { readJson } from '../../body.ts';
import { handle } from '../../handle.ts';
import { idParam } from '../../request.ts';

const patchDoc = {
  summary: "Change a member's role, or make them a new password",
  description: 'Refused for the last admin, and for your own role.',
  body: memberPatchSchema,
  example: { role: 'operator' },
  response: memberChangeSchema,
};

export const PATCH = handle(
  { role: 'admin', route: '/api/members/[id]', doc: patchDoc },
  async ({ actor, request, params }) => {
    const id = idParam(params, 'member');
    const patch = parseInput(memberPatchSchema, await readJson(request), 'The change is not right.');
    return Response.json(await updateMember(actor, id, patch));
  },
);

const deleteDoc = {
  summary: 'End a membership',
  description: 'Their next request is refused. API keys that they made go on until they are revoked.',
  status: 204,
  response: null,
};

export const DELETE = handle(
  { role: 'admin', route: '/api/members/[id]', doc: deleteDoc },
  async ({ actor, params }) => {
    await removeMember(actor, idParam(params, 'member'));
    return new Response(null, { status: 204 });
  },
);
