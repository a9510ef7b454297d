import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { nodeBinary } from '../supabase/local/node-program.ts';

// It starts processes, and machines that test are busy.
const program = `
  const { failpoint } = await import(process.argv[1]);
  for (const n of [1, 2, 3]) { await failpoint('worker.after_claim').catch((error) => console.log(error.message)); console.log(n); }`;

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'failpoint-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Passes the place three times in a process of its own. */
async function pass(
  failpoint: string,
): Promise<{ output: string; signal: string | null; code: number | null; log: () => string }> {
  const file = join(folder, 'hits.log');
  const child = spawn(nodeBinary(), ['--input-type=module', '-e', program, join(__dirname, 'failpoint.ts')], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, NODE_OPTIONS: '', FAILPOINT: failpoint, FAILPOINT_LOG: file },
  });
  const [output, [code, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return { output, code, signal, log: () => readFileSync(file, 'utf8') };
}

it('does nothing where nothing is armed', async () => {
  expect((await pass('')).output).toBe('1\n2\n3\n');
});

it('kills the process at the nth passage, and has noted it before', async () => {
  const { output, signal, log } = await pass('worker.after_claim:kill@2');
  expect({ output, signal }).toEqual({ output: '1\n', signal: 'SIGKILL' });
  expect(JSON.parse(log())).toMatchObject({ name: 'worker.after_claim', action: 'kill' });
});

it('throws once, at the passage that was named', async () => {
  const { output } = await pass('reap.mid:kill, worker.after_claim:throw@3');
  expect(output).toBe('1\n2\nfailpoint worker.after_claim\n3\n');
});

it('refuses a place or an action that there is not', async () => {
  expect((await pass('worker.nowhere:kill')).code).toBe(1);
  expect((await pass('reap.mid:explode')).code).toBe(1);
});
