/** `npm run web`: the web app alone, built if need be, for the copy that runs here or the one that the environment names. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRuntimeConfig } from '#lib/config';
import { ensureBuild, nextProgram } from './start/build.ts';
import { command } from './start/command.ts';
import { joinRunningCopy } from './start/running-copy.ts';

await command(async () => {
  const { PORT: ownPort } = process.env;
  joinRunningCopy();
  // The copy's own web server has its port already.
  if (ownPort) process.env.PORT = ownPort;
  const { HOST, PORT } = readRuntimeConfig();
  console.log(await ensureBuild(join(tmpdir(), `taskdeck-build-${process.pid}.log`), new AbortController().signal));
  const child = spawn(process.execPath, [nextProgram, 'start', '-p', String(PORT), '-H', HOST], {
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  const [code] = await once(child, 'exit');
  process.exitCode = typeof code === 'number' ? code : 1;
});
