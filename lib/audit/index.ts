export { actorName } from './actor-name.ts';
export { forgetAudit, listAudit, listAuditActions, listAuditSchema } from './query.ts';
export { audit } from './record.ts';
export type { AuditEntry } from './types.ts';
