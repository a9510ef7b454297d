/** What the page of the audit log is asked for, as its address has it; '' leaves a part open. */
export type AuditFilter = {
  actor: string;
  action: string;
  subject: string;
  /** A length of time until now, or `between` for `after` and `before`. */
  within: keyof typeof windows | 'between' | '';
  /** ISO times. */
  after: string;
  before: string;
};

const hourMs = 3_600_000;
export const windows = { '1h': hourMs, '24h': 24 * hourMs, '7d': 168 * hourMs, '30d': 720 * hourMs } as const;

const isWindow = (text: string): text is keyof typeof windows => Object.hasOwn(windows, text);
const isoOrNothing = (text: string): string => {
  const at = Date.parse(text);
  return Number.isNaN(at) ? '' : new Date(at).toISOString();
};

/** Reads an address; what cannot be meant is left open. */
export function parseAuditFilter(params: { get(name: string): string | null }): AuditFilter {
  const text = (name: string, longest: number) => (params.get(name) ?? '').slice(0, longest);
  const [after, before] = [isoOrNothing(text('after', 40)), isoOrNothing(text('before', 40))];
  const within = text('within', 10);
  const open = after || before ? 'between' : '';
  return {
    actor: text('actor', 100),
    action: text('action', 100),
    subject: text('subject', 200),
    within: isWindow(within) || within === 'between' ? within : open,
    after,
    before,
  };
}

export function auditHref(filter: Partial<AuditFilter>): string {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''));
  return query.size === 0 ? '/audit' : `/audit?${query}`;
}

type AuditQuery = { actor?: string; action?: string; subject?: string; after?: string; before?: string };

/** What the API is asked. `now` in milliseconds. */
export function auditQuery(filter: AuditFilter, now: number): AuditQuery {
  const { actor, action, subject, within, after, before } = filter;
  return {
    ...(actor && { actor }),
    ...(action && { action }),
    ...(subject && { subject }),
    ...(isWindow(within) && { after: new Date(now - windows[within]).toISOString() }),
    ...(within === 'between' && after && { after }),
    ...(within === 'between' && before && { before }),
  };
}
