import { listAuditActions } from '#lib/audit/index';
import { z } from 'zod';
import { handle } from '../../handle.ts';

const doc = {
  summary: 'List the actions that the audit log holds',
  response: z.object({ actions: z.array(z.string()) }),
};

export const GET = handle({ role: 'admin', route: '/api/audit/actions', doc }, async () =>
  Response.json({ actions: await listAuditActions() }),
);
