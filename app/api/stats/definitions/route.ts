import { definitionRatesSchema } from '#lib/openapi/index';
import { foldChanges, readDefinitionRates } from '#lib/stats/index';
import { z } from 'zod';
import { handle } from '../../handle.ts';

const doc = {
  summary: 'What the task types did in the last 24 hours',
  description: 'Hour by hour, of those whose tasks ended in it.',
  response: z.object({ definitions: z.array(definitionRatesSchema) }),
};

export const GET = handle({ role: 'viewer', route: '/api/stats/definitions', doc }, async () => {
  await foldChanges();
  return Response.json({ definitions: await readDefinitionRates() });
});
