import { listAudit, listAuditSchema } from '#lib/audit/index';
import { auditPageSchema } from '#lib/openapi/index';
import { handle } from '../../../handle.ts';
import { pageQuery } from '../../../page-query.ts';
import { idParam } from '../../../request.ts';

const querySchema = listAuditSchema.pick({ cursor: true, limit: true });

const doc = { summary: 'Read what was done to a task', query: querySchema, response: auditPageSchema };

/** What was done to one task is for everybody who may see it. */
export const GET = handle({ role: 'viewer', route: '/api/tasks/[id]/audit', doc }, async ({ params, request }) => {
  const subject = `task:${idParam(params, 'task')}`;
  return Response.json(await listAudit({ subject, ...pageQuery(request, querySchema) }));
});
