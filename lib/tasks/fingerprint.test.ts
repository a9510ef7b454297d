import { errorFingerprint } from './fingerprint.ts';

const error = (message: string, name = 'Error', stack?: string) => ({ name, message, ...(stack && { stack }) });

describe('the fingerprint of an error', () => {
  it.each([
    ['numbers', 'timed out after 301 ms', 'timed out after 42 ms'],
    ['ids', 'no user 0198c0de-0000-7000-8000-000000000001', 'no user 0198c0de-0000-7000-8000-00000000beef'],
    ['quoted values', 'no such column "name"', 'no such column "e-mail"'],
    ['addresses', 'GET https://a.example/x failed', 'GET https://b.example/y?z=1 failed'],
  ])('is the same whatever the %s', (_, one, other) => {
    expect(errorFingerprint(error(one))).toBe(errorFingerprint(error(other)));
  });

  it('tells messages, names and throwing functions apart', () => {
    const stack = (name: string) => `Error: x\n    at ${name} (/app/tasks.ts:1:1)`;
    const prints = [
      error('refused'),
      error('accepted'),
      error('refused', 'TypeError'),
      error('refused', 'Error', stack('load')),
      error('refused', 'Error', stack('save')),
    ].map(errorFingerprint);
    expect(new Set(prints).size).toBe(prints.length);
    for (const print of prints) expect(print).toMatch(/^[0-9a-f]{16}$/);
  });

  it('does not change when a line of the source moves', () => {
    const at = (line: number) => error('x', 'Error', `Error: x\n    at load (/app/tasks.ts:${line}:5)`);
    expect(errorFingerprint(at(10))).toBe(errorFingerprint(at(99)));
  });
});
