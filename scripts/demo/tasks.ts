import type { DemoTask } from './client.ts';

type Files = { recording: string; orders: string };

const messages = [
  'Good morning',
  'The nightly report is ready',
  'Deploy finished',
  'Disk at 80 %',
  'Invoice 2041 was paid',
  'Welcome aboard',
];

/** One kind of task for each of twenty places in a row: most are quick, some take a while, some fail, some wait. */
const pattern: ((index: number, files: Files) => DemoTask)[] = [
  ...Array.from({ length: 8 }, () => message),
  ...Array.from({ length: 3 }, () => recovers),
  ...Array.from({ length: 3 }, () => voice),
  ...Array.from({ length: 2 }, () => csv),
  slowReport,
  deadLetter,
  later,
  web,
];

/** `count` tasks; the same ones at each call, in a mixed order. */
export function demoTasks(count: number, files: Files): DemoTask[] {
  return Array.from({ length: count }, (_, index) => {
    // 7 and 20 have no common divisor, so all places of the pattern come round.
    const make = pattern[(index * 7) % pattern.length] ?? message;
    return { tags: ['demo'], ...make(index, files) };
  });
}

function message(index: number): DemoTask {
  const text = messages[index % messages.length] ?? '';
  return {
    definition: 'sendMessage',
    payload: { message: `${text} (${index + 1})` },
    priority: index % 10 === 0 ? 50 : 0,
  };
}

function recovers(index: number): DemoTask {
  return { definition: 'flakyReport', payload: { failures: 1 + (index % 2), steps: 5, stepMs: 200 } };
}

function slowReport(): DemoTask {
  return { definition: 'flakyReport', payload: { failures: 0, steps: 60, stepMs: 500 }, priority: -10 };
}

function deadLetter(): DemoTask {
  return { definition: 'flakyReport', payload: { failures: 10, steps: 2, stepMs: 100 } };
}

function voice(_: number, { recording }: Files): DemoTask {
  return { definition: 'processVoice', payload: { file: recording } };
}

function csv(_: number, { orders }: Files): DemoTask {
  return { definition: 'importCsv', payload: { file: orders, requiredColumns: ['customer'] } };
}

function later(index: number): DemoTask {
  return {
    definition: 'sendMessage',
    payload: { message: `A reminder from the demo (${index + 1})` },
    delayMs: 30_000 + (index % 5) * 15_000,
  };
}

/** A public address, as the worker refuses those of its own network. Without a way out it fails and is tried again. */
function web(): DemoTask {
  return { definition: 'httpRequest', payload: { url: 'https://example.com/', method: 'GET' } };
}
