import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { createLocalKeys } from '../../supabase/local/keys.ts';
import { parseJson } from './data-folder.ts';
import type { DataFolder } from './data-folder.ts';
import { StartProblem } from './problem.ts';

const secretsSchema = z.object({
  postgresAdminPassword: z.string().min(16),
  postgresPassword: z.string().min(16),
  redisPassword: z.string().min(16),
  jwtSecret: z.string().min(32),
  publishableKey: z.string().min(16),
  secretKey: z.string().min(16),
  adminPassword: z.string().min(8),
  /** TASKDECK_ADMIN_PASSWORD was set at some start: the one made up is not the admin's. */
  adminPasswordChosen: z.boolean().optional(),
  metricsToken: z.string().min(16),
  apiKey: z.string().startsWith('tdk_'),
});

/** What this copy made up on its first start and keeps: the databases' passwords, the keys, the first sign-in. */
export type Secrets = z.infer<typeof secretsSchema>;

const random = (bytes: number): string => randomBytes(bytes).toString('base64url');

const createSecrets = (): Secrets => ({
  postgresAdminPassword: random(24),
  postgresPassword: random(24),
  redisPassword: random(24),
  ...createLocalKeys(),
  // Read and typed by a person.
  adminPassword: random(12),
  metricsToken: random(24),
  apiKey: `tdk_${random(32)}`,
});

/**
 * The secrets of a data folder, made when there are none.
 * @throws StartProblem when they are damaged, or are gone while the database that needs them is there
 */
export function openSecrets(folder: DataFolder): Secrets {
  const file = folder.file('secrets.json');
  if (existsSync(file)) return readSecrets(file);
  if (existsSync(folder.file('postgres'))) {
    throw new StartProblem(
      `${file} is missing, and the database beside it cannot be opened without`,
      'Restore it from a backup, or name another folder in TASKDECK_DATA_DIR.',
    );
  }
  return writeSecrets(file, createSecrets());
}

/** Remembers that the admin's password was chosen by a person, so that no summary shows the one made up. */
export function noteChosenPassword(folder: DataFolder, secrets: Secrets): Secrets {
  if (secrets.adminPasswordChosen) return secrets;
  return writeSecrets(folder.file('secrets.json'), { ...secrets, adminPasswordChosen: true });
}

function writeSecrets(file: string, secrets: Secrets): Secrets {
  // Complete or not there at all, even after a power cut.
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
  return secrets;
}

/** Reads the secrets of a copy that has been started before. */
export function readSecrets(file: string): Secrets {
  const secrets = secretsSchema.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (secrets.success) return secrets.data;
  throw new StartProblem(
    `${file} is damaged`,
    'Restore it from a backup, or name another folder in TASKDECK_DATA_DIR.',
  );
}
