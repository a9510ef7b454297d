/**
 * `npm run key -- "Nightly import" operator --rate-limit 600`: makes an API key (viewer, operator, admin), if you like for so many submits
 * a minute, and shows it once. Works on the copy that runs here, or on the one that the environment names.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createApiKey, roles } from '#lib/access/index';
import { closeDatabase } from '#lib/db/index';
import { command } from './start/command.ts';
import { StartProblem } from './start/problem.ts';
import { joinRunningCopy } from './start/running-copy.ts';

const argumentsSchema = z.object({
  positionals: z.tuple([z.string().min(1).max(100), z.enum(roles)]),
  values: z.object({ 'rate-limit': z.coerce.number().int().min(1).max(1_000_000).optional() }),
});

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { 'rate-limit': { type: 'string' } } });
  } catch {
    return undefined;
  }
}

await command(async () => {
  const parsed = argumentsSchema.safeParse(readArguments());
  if (!parsed.success)
    throw new StartProblem(
      'A name and a role are needed, and the rate limit, if there is one, is a number from 1 to 1,000,000',
      `For example: npm run key -- "Nightly import" ${roles.join('|')} --rate-limit 600`,
    );
  const [name, role] = parsed.data.positionals;
  const rateLimit = parsed.data.values['rate-limit'];
  joinRunningCopy();
  const { key } = await createApiKey({ name, role, rateLimit });
  await closeDatabase();
  console.log(
    `✓ ${key}\n  It is shown this once: keep it. It may do what a ${role} may${rateLimit === undefined ? '' : `, and submit ${rateLimit} tasks a minute`}.`,
  );
});
