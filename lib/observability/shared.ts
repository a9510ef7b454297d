const store = globalThis as unknown as Record<symbol, unknown>;

/**
 * The one instance of `name` in this process, made on first use.
 *
 * Next bundles a module several times into one process (instrumentation, proxy, pages, routes), so a module-level
 * variable would give each copy its own registry, logger and context. globalThis is what they all share.
 */
export function shared<T>(name: string, create: () => T): T {
  return (store[Symbol.for(`taskdeck.${name}`)] ??= create()) as T;
}
