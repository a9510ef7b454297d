import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { npm } from './npm.mjs';
import { withInstallLock } from './install-lock.mjs';

/** Installs what package-lock.json says, unless that is what is there. Under a second's fraction when it is. */
export async function ensurePackages() {
  if (isInstalled()) return;
  await withInstallLock(async () => {
    if (isInstalled()) return;
    const result = await npm(['ci', '--include=dev'], 'Installing packages (npm ci)');
    // A lock file made where the registry lacks another platform's packages is refused by npm ci on that platform.
    if (result === 'lock-incomplete')
      await npm(
        ['install', '--include=dev', '--no-save'],
        'Installing packages (npm install, as package-lock.json lacks some for this platform)',
      );
  });
}

/** npm writes node_modules/.package-lock.json last, so it is there only after a complete installation. */
function isInstalled() {
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  const wanted = readPackages(join(root, 'package-lock.json'));
  if (!installed || !wanted) return false;
  return Object.entries(wanted).every(([path, { version, optional, link }]) => {
    if (path === '' || link) return true;
    return installed[path] ? installed[path].version === version : optional === true;
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
