const pages: Record<string, (name: string) => string> = {
  task: (id) => `/tasks/${encodeURIComponent(id)}`,
  definition: (name) => `/definitions/${encodeURIComponent(name)}`,
  queue: () => '/queues',
  worker: () => '/workers',
  pool: () => '/workers',
  member: () => '/settings/members',
  key: () => '/settings/keys',
};

const names: Record<string, string> = { bulk: 'operation', definition: 'task type', key: 'API key' };

/** What an entry is about: its kind in words, its name, and the page that shows it, if there is one. */
export function readSubject(subject: string): { kind: string; name: string; href: string | undefined } {
  const at = subject.indexOf(':');
  const [kind, name] = at < 0 ? [subject, ''] : [subject.slice(0, at), subject.slice(at + 1)];
  return {
    kind: Object.hasOwn(names, kind) ? (names[kind] ?? kind) : kind,
    name,
    href: Object.hasOwn(pages, kind) ? pages[kind]?.(name) : undefined,
  };
}
