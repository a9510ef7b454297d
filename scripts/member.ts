/**
 * `npm run member -- ada@example.com operator`: lets a person in, or changes what they may do (viewer, operator, admin). Somebody new gets a
 * password, which is shown once. Works on the copy that runs here, or on the one that the environment names.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { ensureMember, roles } from '#lib/access/index';
import { closeDatabase } from '#lib/db/index';
import { findUser, setPassword } from './migrate/admin.ts';
import { command } from './start/command.ts';
import { StartProblem } from './start/problem.ts';
import { joinRunningCopy } from './start/running-copy.ts';

const argumentsSchema = z.tuple([z.email(), z.enum(roles)]);

await command(async () => {
  const parsed = argumentsSchema.safeParse(process.argv.slice(2));
  if (!parsed.success)
    throw new StartProblem(
      'An e-mail address and a role are needed',
      `For example: npm run member -- ada@example.com ${roles.join('|')}`,
    );
  const [email, role] = parsed.data;
  joinRunningCopy();
  const known = await findUser(email);
  const password = known === undefined ? randomBytes(12).toString('base64url') : undefined;
  const userId = password === undefined ? known : await setPassword(email, password, known);
  if (userId === undefined) throw new Error(`${email} was not made`);
  await ensureMember({ userId, email, role });
  await closeDatabase();
  console.log(`✓ ${email} is ${role}${password === undefined ? '' : `, and signs in with the password ${password}`}`);
});
