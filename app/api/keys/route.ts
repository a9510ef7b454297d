import { issueApiKey, listApiKeys, newKeySchema } from '#lib/access/index';
import { parseInput } from '#lib/json/index';
import { apiKeyListSchema, newApiKeySchema } from '#lib/openapi/index';
import { readJson } from '../body.ts';
import { handle } from '../handle.ts';

const listDoc = { summary: 'List the API keys, revoked ones last', response: apiKeyListSchema };

export const GET = handle({ role: 'admin', route: '/api/keys', doc: listDoc }, async () =>
  Response.json({ keys: await listApiKeys() }),
);

const createDoc = {
  summary: 'Make an API key',
  description: 'The key is answered this once; only its hash is kept.',
  body: newKeySchema,
  example: { name: 'Nightly import', role: 'operator', rateLimit: 600 },
  status: 201,
  response: newApiKeySchema,
};

export const POST = handle({ role: 'admin', route: '/api/keys', doc: createDoc }, async ({ actor, request }) => {
  const wanted = parseInput(newKeySchema, await readJson(request), 'The API key is not right.');
  return Response.json(await issueApiKey(actor, wanted), { status: 201 });
});
