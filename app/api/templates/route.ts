import { parseInput } from '#lib/json/index';
import { templateSchema } from '#lib/openapi/index';
import { createTemplate, createTemplateSchema, listTemplates } from '#lib/templates/index';
import { z } from 'zod';
import { readJson } from '../body.ts';
import { handle } from '../handle.ts';
import { queryOf } from '../request.ts';

const querySchema = z.strictObject({ definition: z.string().min(1).max(64) });

const listDoc = {
  summary: 'List the templates of a task type',
  query: querySchema,
  response: z.object({ templates: z.array(templateSchema) }),
};

export const GET = handle({ role: 'viewer', route: '/api/templates', doc: listDoc }, async ({ request }) => {
  const { definition } = parseInput(querySchema, queryOf(request), 'The query is not right.');
  return Response.json({ templates: await listTemplates(definition) });
});

const createDoc = {
  summary: 'Keep a template',
  description: 'A payload and options under a name, for the next ones who submit such a task.',
  body: createTemplateSchema,
  example: {
    definition: 'sendMessage',
    name: 'Good morning',
    payload: { message: 'Good morning' },
    options: { priority: 10 },
  },
  status: 201,
  response: templateSchema,
};

export const POST = handle(
  { role: 'operator', route: '/api/templates', doc: createDoc },
  async ({ actor, request }) => {
    const input = parseInput(createTemplateSchema, await readJson(request), 'The template is not right.');
    return Response.json(await createTemplate(actor, input), { status: 201 });
  },
);
