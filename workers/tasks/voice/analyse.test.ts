import { PermanentError } from '#lib/tasks/define';
import { makeWav, quiet, sine } from '../testing/wav.ts';
import type { WavOptions } from '../testing/wav.ts';
import { analyse } from './analyse.ts';
import type { AnalysisOptions } from './analyse.ts';
import { readWav } from './wav.ts';

const measure = (wav: WavOptions, options: Partial<AnalysisOptions> = {}) =>
  analyse(readWav(makeWav(wav)), {
    silenceDbfs: -50,
    minSilenceSeconds: 0.3,
    pause: async () => undefined,
    ...options,
  });

describe.each([
  ['pcm', 8, 0.1],
  ['pcm', 16, 0.01],
  ['pcm', 24, 0.01],
  ['pcm', 32, 0.01],
  ['float', 32, 0.01],
  ['float', 64, 0.01],
] as const)('%s %i', (encoding, bitDepth, tolerance) => {
  test('a sine at half of full scale has a peak of -6.02 dBFS and an RMS of -9.03', async () => {
    // 500 Hz meets its crest at 8 kHz.
    const { peakDbfs, rmsDbfs, durationSeconds } = await measure({
      channels: [sine(1, { amplitude: 0.5, hertz: 500 })],
      encoding,
      bitDepth,
    });
    expect(Math.abs((peakDbfs ?? 0) + 6.02)).toBeLessThanOrEqual(tolerance);
    expect(Math.abs((rmsDbfs ?? 0) + 9.03)).toBeLessThanOrEqual(tolerance);
    expect(durationSeconds).toBe(1);
  });

  test('digital silence has no level, and is one silence', async () => {
    await expect(measure({ channels: [quiet(1)], encoding, bitDepth })).resolves.toMatchObject({
      peakDbfs: null,
      rmsDbfs: null,
      silences: [{ startSeconds: 0, endSeconds: 1 }],
      silenceSeconds: 1,
    });
  });
});

test('the lowest sample is full scale', async () => {
  await expect(measure({ channels: [[-1, 0]] })).resolves.toMatchObject({ peakDbfs: 0, rmsDbfs: -3.01 });
});

test('float samples above full scale are kept', async () => {
  await expect(measure({ channels: [[2, -2]], encoding: 'float', bitDepth: 32 })).resolves.toMatchObject({
    peakDbfs: 6.02,
    waveform: [
      [2, 2],
      [-2, -2],
    ],
  });
});

test('silences are found where they are, and short ones are left out', async () => {
  const channels = [[...quiet(0.5), ...sine(1), ...quiet(0.2), ...sine(0.3), ...quiet(0.4), ...sine(0.1)]];
  await expect(measure({ channels })).resolves.toMatchObject({
    silences: [
      { startSeconds: 0, endSeconds: 0.5 },
      { startSeconds: 2, endSeconds: 2.4 },
    ],
    silenceCount: 2,
    silenceSeconds: 0.9,
  });
  await expect(measure({ channels }, { minSilenceSeconds: 0.05 })).resolves.toMatchObject({
    silenceCount: 3,
    silenceSeconds: 1.1,
  });
});

test('the threshold decides what is silent', async () => {
  // A sine at -40 dBFS peak has an RMS of -43.
  const channels = [sine(1, { amplitude: 0.01 })];
  await expect(measure({ channels }, { silenceDbfs: -42 })).resolves.toMatchObject({ silenceCount: 1 });
  await expect(measure({ channels }, { silenceDbfs: -44 })).resolves.toMatchObject({ silenceCount: 0, silences: [] });
});

test('one loud channel is enough for sound', async () => {
  const channels = [quiet(1), quiet(1), sine(1), quiet(1), quiet(1), quiet(1), quiet(1), quiet(1)];
  await expect(measure({ channels })).resolves.toMatchObject({ silenceCount: 0, peakDbfs: expect.any(Number) });
});

test('500 silences are listed, all are counted', async () => {
  const beat = [...quiet(0.05, 1000), ...sine(0.01, { sampleRate: 1000, hertz: 250 })];
  const channels = [Array.from({ length: 600 }, () => beat).flat()];
  const { silences, silenceCount } = await measure({ channels, sampleRate: 1000 }, { minSilenceSeconds: 0.05 });
  expect(silences).toHaveLength(500);
  expect(silenceCount).toBe(600);
});

describe('the waveform', () => {
  test.each([
    [1, 1],
    [399, 399],
    [400, 400],
    [401, 400],
    [8000, 400],
  ])('of %i frames has %i pairs', async (frames, pairs) => {
    const { waveform } = await measure({ channels: [new Array(frames).fill(0.25)] });
    expect(waveform).toHaveLength(pairs);
    expect(waveform.every(([low, high]) => low === 0.25 && high === 0.25)).toBe(true);
  });

  test('shows a single peak in its place, in either direction and channel', async () => {
    const left = quiet(1);
    const right = quiet(1);
    left[10] = 0.5;
    right[7990] = -0.5;
    const { waveform } = await measure({ channels: [left, right] });
    expect(waveform[0]).toEqual([0, 0.5]);
    expect(waveform[399]).toEqual([-0.5, 0]);
    expect(waveform.slice(1, 399).every(([low, high]) => low === 0 && high === 0)).toBe(true);
  });
});

test.each([NaN, Infinity, -Infinity, 1e300])('a float file that holds %d is damaged', async (value) => {
  await expect(measure({ channels: [[0, value]], encoding: 'float', bitDepth: 64 })).rejects.toThrow(PermanentError);
});

test('pauses come often, and what a pause throws ends the work', async () => {
  const fractions: number[] = [];
  const channels = [quiet(26)];
  await measure({ channels }, { pause: async (fraction) => void fractions.push(fraction) });
  expect(fractions.length).toBeGreaterThanOrEqual(2);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  await expect(measure({ channels }, { pause: () => Promise.reject(new Error('cancelled')) })).rejects.toThrow(
    'cancelled',
  );
});

test('a result holds JSON only: no -0, no infinity', async () => {
  const result = await measure({ channels: [[-0, -0.00001, 0]], encoding: 'float', bitDepth: 32 });
  expect(JSON.parse(JSON.stringify(result))).toEqual(result);
});
