import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { check } from './report.ts';
import type { Tally } from './report.ts';
import { runNode } from './run-node.ts';

const resultFile = 'test-results/faults.json';
const resultSchema = z.object({ outcomes: z.array(z.object({ status: z.enum(['passed', 'failed', 'invalid']) })) });

/** The sample of the fault catalogue. A fault that hit nothing proves nothing: it counts as failed. */
export async function faults(): Promise<Tally> {
  rmSync(resultFile, { force: true });
  mkdirSync('test-results', { recursive: true });
  const code = await runNode(['faults/main.ts', '--quick', '--json', resultFile]);
  const result = readResult();
  if (!result) return check('faults', false, `it ended without a result (exit code ${code})`);
  const passed = result.outcomes.filter(({ status }) => status === 'passed').length;
  return { passed, failed: result.outcomes.length - passed };
}

function readResult(): z.infer<typeof resultSchema> | undefined {
  try {
    return resultSchema.parse(JSON.parse(readFileSync(resultFile, 'utf8')));
  } catch {
    return undefined;
  }
}
