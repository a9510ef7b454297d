import { parseInput } from '#lib/json/index';
import { savedViewSchema } from '#lib/openapi/index';
import { createView, listViews, viewSchema } from '#lib/views/index';
import { z } from 'zod';
import { readJson } from '../body.ts';
import { handle } from '../handle.ts';

const listDoc = {
  summary: "List one's own saved views and those that are shared",
  response: z.object({ views: z.array(savedViewSchema) }),
};

export const GET = handle({ role: 'viewer', route: '/api/views', doc: listDoc }, async ({ actor }) =>
  Response.json({ views: await listViews(actor) }),
);

const createDoc = {
  summary: 'Save a view',
  description: 'The query string of a list of tasks under a name. To share it needs the role operator.',
  body: viewSchema,
  example: { name: 'Failed imports', query: 'state=failed&definition=importCsv', shared: false },
  status: 201,
  response: savedViewSchema,
};

// A viewer keeps views too: they are the viewer's own, and change nothing that anybody else sees.
export const POST = handle({ role: 'viewer', route: '/api/views', doc: createDoc }, async ({ actor, request }) => {
  const view = parseInput(viewSchema, await readJson(request), 'The view is not right.');
  const saved = await createView(actor, view);
  return Response.json(saved, { status: 201, headers: { location: `/api/views/${saved.id}` } });
});
