import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { openTrial } from '../lab/trial.ts';
import { conclude, type Experiment } from '../outcome.ts';

const answerSchema = z.object({ sequences: z.number(), steps: z.number() });

/** Random operations, three at once, against a model of the protocol: see main.ts. */
export const modelTest: Experiment = {
  id: 'F32',
  title: 'random operations at once leave what some order of them leaves',
  long: true,
  conduct: (setting) =>
    conclude(modelTest, async () => {
      const folder = join(setting.folder, 'F32');
      mkdirSync(folder, { recursive: true });
      const trial = await openTrial({ ...setting, id: 'F32', folder });
      try {
        // What a crash would lose plays no part here, and thousands of sequences wait for no disk.
        await trial.sql.unsafe(`alter database ${trial.databaseName} set synchronous_commit = off`);
        const args = ['--sequences', String(trial.size(200, 10_000)), '--seed', String(setting.seed)];
        const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
          stdio: ['ignore', 'pipe', 'inherit'],
          env: { ...process.env, ...trial.environment() },
        });
        const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
        if (code !== 0) return { hits: 1, problems: [output.trim()] };
        return { hits: answerSchema.parse(JSON.parse(output)).steps, problems: [] };
      } finally {
        await trial.close();
      }
    }),
};
