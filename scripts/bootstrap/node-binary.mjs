import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { Problem } from './problem.mjs';
import { progress } from './progress.mjs';

const wanted = 24;
const folder = join(root, 'node_modules', 'node');
const binary = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/**
 * The Node that Taskdeck runs on: the npm package `node`, else this one if it is new enough.
 * @throws Problem when there is neither
 */
export async function ensureNode() {
  if (existsSync(binary)) return binary;
  // The package fetches the binary by an install script, which npm may have been told not to run.
  await runInstallScript();
  if (works(binary)) return binary;
  if (Number(process.versions.node.split('.')[0]) >= wanted) return process.execPath;
  throw new Problem(
    `Node ${wanted} could not be installed from npm for ${process.platform}-${process.arch}.`,
    `Install Node ${wanted} yourself and start again.`,
  );
}

function works(file) {
  return existsSync(file) && spawnSync(file, ['--version']).status === 0;
}

async function runInstallScript() {
  const show = progress(`Installing Node ${wanted}`);
  await new Promise((resolve) => {
    const child = spawn(process.execPath, ['installArchSpecificPackage.js'], { cwd: folder, stdio: 'ignore' });
    child.once('error', resolve);
    child.once('close', resolve);
  });
  show.end(existsSync(binary));
}
