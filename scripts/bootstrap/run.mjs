import { spawn } from 'node:child_process';
import { root } from './root.mjs';
import { Problem } from './problem.mjs';

/** Runs a program in the project's folder as if it had been started instead of this one: same terminal, signals and exit code. */
export function run(node, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, TASKDECK_BOOTSTRAP: String(process.pid) },
    });
    child.once('error', (error) =>
      reject(new Problem(`${node} cannot be run: ${error.message}.`, 'Delete node_modules and start again.')),
    );
    // A terminal sends Ctrl-C to the child as well; the programs take two signals within a moment for one.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.once('exit', (code, signal) => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name);
      if (signal) process.kill(process.pid, signal);
      process.exitCode = code ?? 1;
      resolve();
    });
  });
}
