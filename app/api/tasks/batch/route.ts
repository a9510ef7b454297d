import { limitRate } from '#lib/access/index';
import { parseInput } from '#lib/json/index';
import { controlledSchema } from '#lib/openapi/index';
import { batchSchema, submitMany } from '#lib/tasks/index';
import { batchLimits, readJson } from '../../body.ts';
import { handle } from '../../handle.ts';
import { idempotencyHeaders, idempotencyKeyOf } from '../idempotency-key.ts';
import { z } from 'zod';

const doc = {
  summary: 'Submit many tasks: all of them or none',
  description:
    'Up to 1,000 tasks in one transaction. The answer has them in the same order. A field that is wrong is named by its place: `/tasks/3/payload/to`.',
  headers: idempotencyHeaders,
  body: batchSchema,
  example: {
    tasks: [
      { definition: 'sendMessage', payload: { message: 'Hello' } },
      { definition: 'sendMessage', payload: { message: 'Goodbye' }, delayMs: 60_000 },
    ],
  },
  status: 201,
  response: z.object({ tasks: z.array(controlledSchema.extend({ duplicate: z.boolean() })) }),
};

export const POST = handle({ role: 'operator', route: '/api/tasks/batch', doc }, async ({ actor, request }) => {
  const idempotencyKey = idempotencyKeyOf(request);
  const input = parseInput(batchSchema, await readJson(request, batchLimits), 'The batch is not right.');
  limitRate(actor, input.tasks.length);
  const tasks = await submitMany(actor, input.tasks, { idempotencyKey, pointer: '/tasks' });
  return Response.json({ tasks }, { status: 201 });
});
