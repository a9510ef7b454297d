import { bulkTargetSchema, previewBulk } from '#lib/bulk/index';
import { parseInput } from '#lib/json/index';
import { taskStates } from '#lib/tasks/state';
import { z } from 'zod';
import { batchLimits, readJson } from '../../body.ts';
import { handle } from '../../handle.ts';

const doc = {
  summary: 'Count the tasks that a bulk operation would name',
  description:
    'Up to 10,000; `more` says that there are more. `states` says how many of them are in each state: what a state does not allow is left alone.',
  body: bulkTargetSchema,
  example: { filter: { states: ['failed'], definition: 'sendMessage' } },
  response: z.object({ count: z.int(), more: z.boolean(), states: z.partialRecord(z.enum(taskStates), z.int()) }),
};

export const POST = handle({ role: 'operator', route: '/api/bulk/preview', doc }, async ({ request }) => {
  const target = parseInput(bulkTargetSchema, await readJson(request, batchLimits), 'The filter is not right.');
  return Response.json(await previewBulk(target));
});
