/**
 * `npm run key -- "Nightly import" operator`: makes an API key (viewer, operator, admin) and shows it once. Works on the copy that runs here,
 * or on the one that the environment names.
 */
import { z } from 'zod';
import { createApiKey, roles } from '#lib/access/index';
import { closeDatabase } from '#lib/db/index';
import { command } from './start/command.ts';
import { StartProblem } from './start/problem.ts';
import { joinRunningCopy } from './start/running-copy.ts';

const argumentsSchema = z.tuple([z.string().min(1).max(100), z.enum(roles)]);

await command(async () => {
  const parsed = argumentsSchema.safeParse(process.argv.slice(2));
  if (!parsed.success)
    throw new StartProblem(
      'A name and a role are needed',
      `For example: npm run key -- "Nightly import" ${roles.join('|')}`,
    );
  const [name, role] = parsed.data;
  joinRunningCopy();
  const { key } = await createApiKey({ name, role });
  await closeDatabase();
  console.log(`✓ ${key}\n  It is shown this once: keep it. It may do what a ${role} may.`);
});
