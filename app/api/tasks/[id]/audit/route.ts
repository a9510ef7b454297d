import { listAudit, listAuditSchema } from '#lib/audit/index';
import { listBulkOnTask } from '#lib/bulk/index';
import { auditPageSchema } from '#lib/openapi/index';
import { handle } from '../../../handle.ts';
import { pageQuery } from '../../../page-query.ts';
import { idParam } from '../../../request.ts';

const querySchema = listAuditSchema.pick({ cursor: true, limit: true });

const doc = {
  summary: 'Read what was done to a task',
  description: 'The first page also has what operations over many tasks did to it, where the task still says when.',
  query: querySchema,
  response: auditPageSchema,
};

/** What was done to one task is for everybody who may see it. */
export const GET = handle({ role: 'viewer', route: '/api/tasks/[id]/audit', doc }, async ({ params, request }) => {
  const id = idParam(params, 'task');
  const query = pageQuery(request, querySchema);
  const [own, bulk] = await Promise.all([
    listAudit({ subject: `task:${id}`, ...query }),
    query.cursor ? [] : listBulkOnTask(id),
  ]);
  const entries = [...own.entries, ...bulk].sort((a, b) => b.at.localeCompare(a.at));
  return Response.json({ entries, nextCursor: own.nextCursor });
});
