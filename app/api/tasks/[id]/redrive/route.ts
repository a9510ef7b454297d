import { parseInput } from '#lib/json/index';
import { controlledSchema } from '#lib/openapi/index';
import { redriveTask } from '#lib/tasks/index';
import { readJson } from '../../../body.ts';
import { handle } from '../../../handle.ts';
import { idParam } from '../../../request.ts';
import { z } from 'zod';

const bodySchema = z.strictObject({
  payload: z.unknown().optional().meta({ description: 'In the place of the old one, which is kept as a revision.' }),
  again: z.boolean().optional().meta({ description: 'A completed task is sent again only if this is true.' }),
});

const doc = {
  summary: 'Redrive an ended task',
  description: 'Sends a failed, cancelled or abandoned task again, with another payload if one is given.',
  body: bodySchema,
  example: { payload: { message: 'Hello again' } },
  status: 202,
  response: controlledSchema,
};

export const POST = handle(
  { role: 'operator', route: '/api/tasks/[id]/redrive', doc },
  async ({ actor, params, request }) => {
    const id = idParam(params, 'task');
    const options = parseInput(bodySchema, await readJson(request), 'The redrive is not right.');
    return Response.json(await redriveTask(actor, id, options), { status: 202 });
  },
);
