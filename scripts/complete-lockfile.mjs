/**
 * Adds to package-lock.json the optional packages of other platforms that npm left out, as it does when a registry
 * mirror does not hold them. `npm ci` refuses such a lock file. Run it after a change of dependencies:
 *
 *     node scripts/complete-lockfile.mjs
 *
 * Each added entry is what npm itself writes, less the checksum: version, os, cpu and libc, so that a platform installs its own only.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const file = 'package-lock.json';
const operatingSystems = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/** What the names of native packages say: `@swc/core-linux-arm-gnueabihf` is os linux, cpu arm, libc glibc. */
function platformOf(name) {
  const words = name.split(/[-/]/);
  const os = words.filter((word) => operatingSystems.includes(word));
  const cpu = words.filter((word) => processors.includes(word));
  if (os.length === 0 && cpu.length === 0)
    throw new Error(`${name}: its name does not say for which platform it is; add it to ${file} by hand`);
  const musl = words.some((word) => word.startsWith('musl'));
  const gnu = words.some((word) => word.startsWith('gnu'));
  return {
    cpu,
    ...(musl || gnu ? { libc: [musl ? 'musl' : 'glibc'] } : {}),
    ...(os.length > 0 ? { os } : {}),
  };
}

/** True when `name`, required from `path`, is found in the lock file as Node finds modules. */
function isLocked(packages, path, name) {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    if (packages[folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`]) return true;
    if (folder === '') return false;
  }
}

const lock = JSON.parse(readFileSync(file, 'utf8'));
const added = [];
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(lock.packages, path, name)) continue;
    lock.packages[`node_modules/${name}`] = {
      version,
      ...platformOf(name),
      ...(entry.dev ? { dev: true } : {}),
      optional: true,
    };
    added.push(`${name}@${version}`);
  }
}
if (added.length > 0) {
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}
console.log(added.length === 0 ? `${file} is complete.` : `Added to ${file}:\n  ${added.join('\n  ')}`);
