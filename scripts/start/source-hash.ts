import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What `next build` reads, beside its own packages. A name that is not there counts as empty. */
const sources = [
  'app',
  'components',
  'lib',
  'public',
  'instrumentation.ts',
  'instrumentation-client.ts',
  'next.config.ts',
  'package.json',
  'package-lock.json',
  'postcss.config.mjs',
  'proxy.ts',
  'tsconfig.json',
];

const isTest = (path: string): boolean => /\.test\.tsx?$|(^|\/)testing\//.test(path);

/** One value for the contents of all files that the web app is built from: the same in every checkout of one state. */
export function sourceHash(root: string): string {
  const hash = createHash('sha256');
  for (const path of sources.flatMap((source) => filesUnder(root, source)).filter((file) => !isTest(file))) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** Paths relative to the root, with `/`, in one order everywhere. */
function filesUnder(root: string, path: string): string[] {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (!stat.isDirectory()) return [path];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesUnder(root, `${path}/${name}`));
}
