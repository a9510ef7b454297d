/** One thing that somebody did. */
export type AuditEntry = {
  id: string;
  at: string;
  /** user:<uuid>, key:<uuid>, task:<uuid> or system. */
  actor: string;
  /** The e-mail address or the API key's name; null when it is gone, or never had one. */
  name: string | null;
  /** `<subject>.<verb>`: task.cancel, queue.update, worker.drain. */
  action: string;
  /** task:<uuid>, queue:<name>, definition:<name>, worker:<id>, bulk:<uuid>, … */
  subject: string;
  details: Record<string, unknown> | null;
};
