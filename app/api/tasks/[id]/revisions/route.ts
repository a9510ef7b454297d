import { TaskdeckError } from '#lib/errors';
import { revisionSchema } from '#lib/openapi/index';
import { getTask, listRevisions } from '#lib/tasks/index';
import { z } from 'zod';
import { handle } from '../../../handle.ts';
import { idParam } from '../../../request.ts';

const doc = {
  summary: 'Read the payloads that redrives have replaced',
  response: z.object({ revisions: z.array(revisionSchema) }),
};

export const GET = handle({ role: 'viewer', route: '/api/tasks/[id]/revisions', doc }, async ({ params }) => {
  const id = idParam(params, 'task');
  const revisions = await listRevisions(id);
  // Only an empty answer leaves open whether the task exists.
  if (revisions.length === 0 && !(await getTask(id))) throw new TaskdeckError('not_found', `There is no task ${id}.`);
  return Response.json({ revisions });
});
