/** Whether the operator allows a host although its address is not public. */
export type AllowList = (hostname: string, port: number) => boolean;

const entryPattern = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/;

/**
 * Reads HTTP_ALLOW_PRIVATE: hosts, or hosts with a port, with commas between them, as in
 * `wiki.intern, 10.0.0.5:8080, [::1]:9000`. A host is meant as it stands in the URL; without a port every port counts.
 *
 * @throws Error naming the entry that is not a host or host:port.
 */
export function parseAllowList(value = ''): AllowList {
  const allowed = new Set<string>();
  for (const entry of value
    .toLowerCase()
    .split(',')
    .map((part) => part.trim())) {
    if (entry === '') continue;
    const match = entryPattern.exec(entry);
    if (!match)
      throw new Error(`HTTP_ALLOW_PRIVATE: "${entry}" is not a host or host:port, as in "wiki.intern, 10.0.0.5:8080".`);
    allowed.add(entry);
  }
  return (hostname, port) => allowed.has(hostname) || allowed.has(`${hostname}:${port}`);
}
