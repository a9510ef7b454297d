import type { Metadata } from 'next';
import { AuditPage } from '#components/audit/audit-page';
import { ForAdmins } from '#components/shell/for-admins';
import { listApiKeys, listMembers, roleIncludes } from '#lib/access/index';
import { listAudit, listAuditActions } from '#lib/audit/index';
import { auditQuery, parseAuditFilter } from '../../../components/audit/filter.ts';
import { requireMember } from '../../session.ts';

export const metadata: Metadata = { title: 'Audit log' };

type AuditLogProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ searchParams }: AuditLogProps) {
  const { role } = await requireMember();
  if (!roleIncludes(role, 'admin')) return <ForAdmins />;
  const query = await searchParams;
  const filter = parseAuditFilter({ get: (name) => [query[name]].flat()[0] ?? null });
  const [initial, actions, members, keys] = await Promise.all([
    listAudit(auditQuery(filter, Date.now())),
    listAuditActions(),
    listMembers(),
    listApiKeys(),
  ]);
  const actors = [
    { ref: 'system', name: 'Taskdeck itself' },
    ...members.map(({ id, email }) => ({ ref: `user:${id}`, name: email })),
    ...keys.map(({ id, name }) => ({ ref: `key:${id}`, name: `${name} (API key)` })),
  ];
  return <AuditPage filter={filter} initial={initial} choices={{ actors, actions }} />;
}
