/** `npm run demo`: submits a lively mix of 200 tasks over some 20 seconds to the copy that runs here, through its API. */
import { setTimeout as delay } from 'node:timers/promises';
import { readRuntimeConfig } from '#lib/config';
import { createClient } from './demo/client.ts';
import { demoTasks } from './demo/tasks.ts';
import { csvFile } from './demo/csv.ts';
import { wavFile } from './demo/wav.ts';
import { command } from './start/command.ts';
import { reachable } from './start/health.ts';
import { StartProblem } from './start/problem.ts';
import { joinRunningCopy } from './start/running-copy.ts';

const count = 200;
const spreadMs = 20_000;

await command(async () => {
  joinRunningCopy();
  const { HOST, PORT, TASKDECK_API_KEY: key } = readRuntimeConfig();
  if (key === undefined) throw new StartProblem('TASKDECK_API_KEY is not set', 'Make a key in the app and set it.');
  const client = createClient(`http://${reachable(HOST)}:${PORT}`, key);

  const files = {
    recording: await client.upload(wavFile(12), 'standup.wav', 'audio/wav'),
    orders: await client.upload(csvFile(5_000), 'orders.csv', 'text/csv'),
  };
  const tasks = demoTasks(count, files);
  const submitted = new Map<string, number>();
  for (const [index, task] of tasks.entries()) {
    await client.submit(task);
    submitted.set(task.definition, (submitted.get(task.definition) ?? 0) + 1);
    if ((index + 1) % 50 === 0) console.log(`  ${index + 1} of ${count} submitted`);
    await delay(spreadMs / count);
  }
  const mix = [...submitted].map(([name, tasksOfIt]) => `${tasksOfIt} ${name}`).join(', ');
  console.log(`✓ ${count} tasks submitted: ${mix}`);
});
