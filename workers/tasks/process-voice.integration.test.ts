import { v7 as uuidv7 } from 'uuid';
import { saveFile } from '#lib/files/index';
import { PermanentError } from '#lib/tasks/define';
import { testDatabase } from '../../scripts/testing/database.ts';
import type { TestDatabase } from '../../scripts/testing/database.ts';
import { startTlsServer } from '../../lib/net/testing/servers.ts';
import processVoice from './process-voice.ts';
import { recordedTask } from './testing/context.ts';
import { trustTestServers } from './testing/tls.ts';
import { makeWav, quiet, sine } from './testing/wav.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const recording = makeWav({ channels: [[...sine(1, { amplitude: 0.5, hertz: 500 }), ...quiet(1)]] });
const run = (payload: object, { task } = recordedTask()) => processVoice.run(processVoice.payload.parse(payload), task);
const upload = async (content: Buffer) =>
  (await saveFile({ actorRef: 'user:test', name: 'x.wav', mediaType: 'audio/wav', content })).id;

const expected = {
  format: { encoding: 'pcm', bitDepth: 16, channels: 1, sampleRate: 8000 },
  durationSeconds: 2,
  peakDbfs: -6.02,
  rmsDbfs: -12.04,
  silences: [{ startSeconds: 1, endSeconds: 2 }],
};

test('an uploaded recording is measured', async () => {
  const recorded = recordedTask();
  const result = await run({ file: await upload(recording) }, recorded);
  expect(result).toMatchObject(expected);
  expect((result as { waveform: unknown[] }).waveform).toHaveLength(400);
  expect(recorded.progress.at(-1)).toBe(1);
  expect(JSON.stringify(result).length).toBeLessThan(20_000);
});

test('a recording is fetched from a URL', async () => {
  const distrust = trustTestServers();
  const server = await startTlsServer((request, response) =>
    request.url === '/x.wav' ? response.end(recording) : response.writeHead(404).end(),
  );
  try {
    await expect(run({ url: `https://localhost:${server.port}/x.wav` })).resolves.toMatchObject(expected);
    await expect(run({ url: `https://localhost:${server.port}/other` })).rejects.toThrow(PermanentError);
  } finally {
    await server.close();
    distrust();
  }
});

test('a file that is gone or damaged is not tried again', async () => {
  await expect(run({ file: uuidv7() })).rejects.toMatchObject({
    name: 'PermanentError',
    message: expect.stringContaining('kept for 7 days'),
  });
  await expect(run({ file: await upload(recording.subarray(0, 1000)) })).rejects.toThrow(PermanentError);
});

test('a cancel that comes as an event stops the work at its next pause', async () => {
  const file = await upload(makeWav({ channels: [quiet(26)] }));
  const { task, abort } = recordedTask();
  const reason = new Error('cancelled');
  const fractions: unknown[] = [];
  // Only a handler that lets events in between two parts hears of it.
  const progress = (fraction: unknown) => {
    fractions.push(fraction);
    setImmediate(() => abort(reason));
  };
  await expect(run({ file }, { ...recordedTask(), task: { ...task, progress } })).rejects.toBe(reason);
  expect(fractions).toHaveLength(1);
});

test.each([
  {},
  { file: uuidv7(), url: 'https://example.com/x.wav' },
  { file: 'x' },
  { file: '../x' },
  { url: 'http://example.com/x.wav' },
  { file: uuidv7(), silenceDbfs: 1 },
  { file: uuidv7(), minSilenceSeconds: 0 },
])('%j is refused', (payload) => {
  expect(processVoice.payload.safeParse(payload).success).toBe(false);
});
