import { parseInput } from '#lib/json/index';
import {
  countsSchema,
  failureGroupSchema,
  queueStateSchema,
  taskSummarySchema,
  windowStatsSchema,
  workerSchema,
} from '#lib/openapi/index';
import { statsWindows } from '#lib/stats/types';
import { z } from 'zod';
import { readOverview } from '../../overview.ts';
import { handle } from '../handle.ts';
import { queryOf } from '../request.ts';

const querySchema = z.strictObject({
  window: z.enum(statsWindows).default('1h').meta({ description: 'How far back rates and failures reach.' }),
});

const doc = {
  summary: 'What the overview shows',
  query: querySchema,
  response: z.object({
    counts: countsSchema,
    stats: windowStatsSchema,
    queues: z.array(queueStateSchema),
    workers: z.array(workerSchema),
    failures: z.array(failureGroupSchema).meta({ description: 'Dead letters of the window by cause, newest first.' }),
    longestRunning: z.array(taskSummarySchema),
    dueNext: z.array(taskSummarySchema),
  }),
};

export const GET = handle({ role: 'viewer', route: '/api/overview', doc }, async ({ request }) => {
  const { window } = parseInput(querySchema, queryOf(request), 'The query is not right.');
  return Response.json(await readOverview(window));
});
