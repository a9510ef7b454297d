import { listAudit, listAuditSchema } from '#lib/audit/index';
import { auditPageSchema } from '#lib/openapi/index';
import { handle } from '../handle.ts';
import { pageQuery } from '../page-query.ts';

const doc = {
  summary: 'Read the audit log, newest first',
  query: listAuditSchema,
  response: auditPageSchema,
};

export const GET = handle({ role: 'admin', route: '/api/audit', doc }, async ({ request }) => {
  return Response.json(await listAudit(pageQuery(request, listAuditSchema)));
});
