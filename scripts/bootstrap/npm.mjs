import { spawn } from 'node:child_process';
import { basename } from 'node:path';
import { root } from './root.mjs';
import { Problem } from './problem.mjs';
import { progress } from './progress.mjs';

/** What npm's output means for the person who reads it, tried in this order. */
const causes = [
  [/ENOSPC/, 'the disk is full.', 'Free two gigabytes and start again.'],
  [
    /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|network/i,
    'npm cannot reach its registry.',
    'Check the network or the proxy ("npm ping") and start again.',
  ],
  [
    /EACCES|EPERM/,
    'npm may not write here.',
    'Make the project folder, node_modules and ~/.npm your own, and start again.',
  ],
  [/EINTEGRITY/, 'a package is not the one in package-lock.json.', 'Run "npm cache clean --force" and start again.'],
];

/**
 * Runs npm in the project with its output kept back.
 * @returns 'done', or 'lock-incomplete' when npm finds that package-lock.json does not fit package.json
 * @throws Problem for every other failure
 */
export async function npm(args, title) {
  const show = progress(title);
  const { code, output } = await capture(args);
  show.end(code === 0);
  if (code === 0) return 'done';
  if (output.includes('code EUSAGE') && output.includes('from lock file')) return 'lock-incomplete';
  const [, why, advice] = causes.find(([pattern]) => pattern.test(output)) ?? [
    null,
    lastError(output),
    'Run "npm ci" to see all that it says.',
  ];
  throw new Problem(`"npm ${args[0]}" failed: ${why}`, advice);
}

function capture(args) {
  return new Promise((resolve, reject) => {
    const [file, first] = npmCommand();
    const child = spawn(file, [...first, ...args, '--no-audit', '--no-fund'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: file === 'npm.cmd',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (output = (output + chunk).slice(-100_000)));
    child.once('error', () =>
      reject(new Problem('npm cannot be run.', 'Install npm, which comes with Node, and start again.')),
    );
    child.once('close', (code) => resolve({ code, output }));
  });
}

/** The npm that started us, if it did; yarn and pnpm set the same variable. */
function npmCommand() {
  const running = process.env.npm_execpath;
  if (running && basename(running) === 'npm-cli.js') return [process.execPath, [running]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
}

function lastError(output) {
  const lines = output
    .split('\n')
    .filter((line) => /^npm (error|ERR!)/.test(line) && !/complete log|A complete|^npm (error|ERR!)\s*$/.test(line));
  return (lines[1] ?? lines[0] ?? 'it gave no reason.').replace(/^npm (error|ERR!)\s*/, '');
}
