/**
 * Runs a program of Taskdeck on a machine that has only Node (18 or later) and npm:
 *
 *     node scripts/bootstrap.mjs scripts/start.ts [arguments]
 *
 * Installs the packages when they are missing or not those of package-lock.json, then runs the program under the Node 24 that is
 * one of them. Plain JavaScript without packages, as it runs before there are any.
 */
import { isAbsolute, join } from 'node:path';
import { root } from './bootstrap/root.mjs';
import { ensurePackages } from './bootstrap/packages.mjs';
import { ensureNode } from './bootstrap/node-binary.mjs';
import { run } from './bootstrap/run.mjs';
import { Problem } from './bootstrap/problem.mjs';

const oldestNode = 18;

function assertNode() {
  if (Number(process.versions.node.split('.')[0]) >= oldestNode) return;
  throw new Problem(
    `Node ${process.versions.node} is too old to install Taskdeck.`,
    `Install Node ${oldestNode} or later.`,
  );
}

try {
  assertNode();
  const [program, ...args] = process.argv.slice(2);
  if (!program) throw new Problem('No program was named.', 'Use the scripts of package.json, such as "npm start".');
  await ensurePackages();
  const node = await ensureNode();
  await run(node, [isAbsolute(program) ? program : join(root, program), ...args]);
} catch (error) {
  console.error(error instanceof Problem ? `✗ ${error.message}` : error);
  process.exitCode = 1;
}
