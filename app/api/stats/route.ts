import { TaskdeckError } from '#lib/errors';
import { parseInput } from '#lib/json/index';
import { windowStatsSchema } from '#lib/openapi/index';
import { foldChanges, readStats } from '#lib/stats/index';
import { statsWindows } from '#lib/stats/types';
import { z } from 'zod';
import { handle } from '../handle.ts';
import { queryOf } from '../request.ts';

const querySchema = z.strictObject({
  window: z.enum(statsWindows).default('1h'),
  definition: z.string().min(1).max(64).optional(),
  queue: z.string().min(1).max(40).optional(),
});

const doc = {
  summary: 'What happened in a window',
  description:
    'Of all tasks, of a definition or of a queue: how many were submitted and ended, how long they waited and ran.',
  query: querySchema,
  response: windowStatsSchema,
};

export const GET = handle({ role: 'viewer', route: '/api/stats', doc }, async ({ request }) => {
  const { window, definition, queue } = parseInput(querySchema, queryOf(request), 'The query is not right.');
  if (definition !== undefined && queue !== undefined)
    throw new TaskdeckError('invalid', 'Statistics are kept by definition and by queue, not by both at once.', {
      hint: 'Leave one of them out.',
      fields: [{ pointer: '/queue', message: 'cannot be combined with definition' }],
    });
  await foldChanges();
  return Response.json(await readStats(window, { ...(definition && { definition }), ...(queue && { queue }) }));
});
