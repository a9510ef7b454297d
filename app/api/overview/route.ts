import { countsSchema, queueSchema, taskSummarySchema, workerSchema } from '#lib/openapi/index';
import { z } from 'zod';
import { readOverview } from '../../overview.ts';
import { handle } from '../handle.ts';

const doc = {
  summary: 'What the overview shows',
  response: z.object({
    counts: countsSchema,
    workers: z.array(workerSchema),
    queues: z.array(queueSchema),
    recentFailures: z.array(taskSummarySchema),
  }),
};

export const GET = handle({ role: 'viewer', route: '/api/overview', doc }, async () =>
  Response.json(await readOverview()),
);
