/** What must not outlive this process, however it ends: each takes one step that cannot fail and does not wait. */
const endings = new Set<() => void>();

process.once('exit', () => {
  for (const end of endings) end();
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

/** Has `end` called when this process exits. @returns how to forget it, for what has ended before. */
export function atExit(end: () => void): () => void {
  endings.add(end);
  return () => endings.delete(end);
}
