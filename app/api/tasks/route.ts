import { parseInput } from '#lib/json/index';
import { countTasks, idempotencyKeySchema, listTasks, submit, submitSchema } from '#lib/tasks/index';
import { readJson } from '../body.ts';
import { handle } from '../handle.ts';
import { queryOf } from '../request.ts';
import { parseListQuery } from './list-query.ts';
import { z } from 'zod';

const headersSchema = z.object({ 'Idempotency-Key': idempotencyKeySchema.optional() });

export const GET = handle({ role: 'viewer', route: '/api/tasks' }, async ({ request }) => {
  const filter = parseListQuery(queryOf(request));
  const [page, counts] = await Promise.all([listTasks(filter), countTasks()]);
  return Response.json({ ...page, counts });
});

export const POST = handle({ role: 'operator', route: '/api/tasks' }, async ({ actor, request }) => {
  const headers = { 'Idempotency-Key': request.headers.get('idempotency-key') ?? undefined };
  const { 'Idempotency-Key': idempotencyKey } = parseInput(headersSchema, headers, 'The Idempotency-Key is not right.');
  const input = parseInput(submitSchema, await readJson(request), 'The task is not right.');
  const { id, state, duplicate } = await submit(actor, input, { idempotencyKey });
  return Response.json(
    { id, state },
    {
      status: 202,
      headers: { location: `/api/tasks/${id}`, ...(duplicate ? { 'idempotency-replayed': 'true' } : {}) },
    },
  );
});
