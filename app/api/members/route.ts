import { inviteMember, inviteSchema, listMembers } from '#lib/access/index';
import { parseInput } from '#lib/json/index';
import { memberChangeSchema, memberListSchema } from '#lib/openapi/index';
import { readJson } from '../body.ts';
import { handle } from '../handle.ts';

const listDoc = { summary: 'List the members', response: memberListSchema };

export const GET = handle({ role: 'admin', route: '/api/members', doc: listDoc }, async () =>
  Response.json({ members: await listMembers() }),
);

const inviteDoc = {
  summary: 'Make somebody a member',
  description: 'Makes their account too where there is none. No mail is sent: hand them the password yourself.',
  body: inviteSchema,
  example: { email: 'ada@example.org', role: 'operator' },
  status: 201,
  response: memberChangeSchema,
};

export const POST = handle({ role: 'admin', route: '/api/members', doc: inviteDoc }, async ({ actor, request }) => {
  const invitation = parseInput(inviteSchema, await readJson(request), 'The invitation is not right.');
  return Response.json(await inviteMember(actor, invitation), { status: 201 });
});
