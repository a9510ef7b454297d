import { parseInput } from '#lib/json/index';
import { controlledSchema } from '#lib/openapi/index';
import { dismissTask } from '#lib/tasks/index';
import { readJson } from '../../../body.ts';
import { handle } from '../../../handle.ts';
import { idParam } from '../../../request.ts';
import { z } from 'zod';

const bodySchema = z.strictObject({ reason: z.string().min(1).max(500).optional() });

const doc = {
  summary: 'Dismiss a dead letter',
  description: 'A failed or abandoned task that needs nothing more leaves the groups of dead letters.',
  body: bodySchema,
  example: { reason: 'The customer was refunded by hand.' },
  status: 202,
  response: controlledSchema,
};

export const POST = handle(
  { role: 'operator', route: '/api/tasks/[id]/dismiss', doc },
  async ({ actor, params, request }) => {
    const id = idParam(params, 'task');
    const { reason } = parseInput(bodySchema, await readJson(request), 'The reason is not right.');
    return Response.json(await dismissTask(actor, id, reason), { status: 202 });
  },
);
