/** What was tried and how it ended. */
export type Tally = { passed: number; failed: number };

export const noTally: Tally = { passed: 0, failed: 0 };

export const addTally = (a: Tally, b: Tally): Tally => ({ passed: a.passed + b.passed, failed: a.failed + b.failed });

export function heading(name: string): void {
  console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 70 - name.length))}`);
}

/** One check, told on one line, as a tally of one. */
export function check(name: string, ok: boolean, detail = ''): Tally {
  console.log(`${ok ? '✓' : '✗'} ${name}${detail ? `: ${detail}` : ''}`);
  return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}
