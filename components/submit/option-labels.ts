/** What the form calls each option, by where it stands in a submit. */
export const optionLabels = {
  '/delayMs': 'Start',
  '/runAt': 'Start',
  '/queue': 'Queue',
  '/priority': 'Priority',
  '/attempts': 'Attempts',
  '/backoff/type': 'Backoff',
  '/backoff/delay': 'Backoff delay',
  '/backoff/max': 'Longest backoff',
  '/backoff/jitter': 'Jitter',
  '/timeoutMs': 'Time limit of an attempt',
  '/ttlMs': 'Must start within',
  '/unique': 'Submitted again',
  '/unique/key': 'Unique key',
  '/unique/windowMs': 'Unique for',
  '/debounce': 'Submitted again',
  '/debounce/key': 'Debounce key',
  '/debounce/mode': 'Debounce mode',
  '/debounce/delayMs': 'Debounce delay',
  '/debounce/maxWaitMs': 'Longest wait',
  '/supersede': 'Supersede key',
  '/mode': 'Mode',
  '/concurrency': 'Concurrency key',
  '/concurrency/key': 'Concurrency key',
  '/concurrency/limit': 'Concurrency limit',
  '/dependsOn': 'Depends on',
  '/onDependencyFailure': 'If one of them does not complete',
  '/tags': 'Tags',
  '/correlationId': 'Correlation ID',
  '/metadata': 'Metadata',
} as const;

const labels = new Map<string, string>(Object.entries(optionLabels));

/** What the form calls the option at a pointer, or the one that it is within; what it has no field for keeps its own name. */
export function optionLabel(pointer: string): string {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const label = labels.get(at);
    if (label !== undefined) return label;
  }
  return pointer.slice(1);
}
