import { PermanentError } from '#lib/tasks/define';
import { silenceFinder, toSeconds } from './silence.ts';
import type { Silences } from './silence.ts';
import { sampleReader } from './wav.ts';
import type { Wav } from './wav.ts';

export type VoiceAnalysis = Silences & {
  durationSeconds: number;
  /** Decibels below full scale of the largest sample; null when all are zero. */
  peakDbfs: number | null;
  /** The same of the root mean square over all channels: a full-scale sine has -3.01. */
  rmsDbfs: number | null;
  /** [lowest, highest] sample of each of at most 400 equal parts, over all channels; 1 is full scale. */
  waveform: [number, number][];
};

export type AnalysisOptions = {
  /** A window whose loudest channel has a lower RMS is silent. */
  silenceDbfs: number;
  minSilenceSeconds: number;
  /** Called every few milliseconds of work with the fraction that is done: a place to report, yield and stop. */
  pause(fraction: number): Promise<void>;
};

const maxBuckets = 400;
const windowSeconds = 0.01;
const samplesBetweenPauses = 100_000;
/** 120 dB above full scale. No recording is that loud: such bytes are not audio, and squares stay finite below. */
const loudestPossible = 1e6;

/**
 * Measures a recording: its level, its silences, and a waveform to draw.
 *
 * @throws PermanentError for float samples that are no audio; whatever `pause` throws.
 */
export async function analyse(
  wav: Wav,
  { silenceDbfs, minSilenceSeconds, pause }: AnalysisOptions,
): Promise<VoiceAnalysis> {
  const {
    frames,
    format: { channels, sampleRate },
  } = wav;
  const sample = sampleReader(wav);
  const buckets = Math.min(maxBuckets, frames);
  const lowest = new Float64Array(buckets).fill(Infinity);
  const highest = new Float64Array(buckets).fill(-Infinity);
  const energy = new Float64Array(channels);
  const windowFrames = Math.max(1, Math.round(sampleRate * windowSeconds));
  const quietEnergy = 10 ** (silenceDbfs / 10);
  const silence = silenceFinder({ sampleRate, minSeconds: minSilenceSeconds });
  let peak = 0;
  let totalEnergy = 0;
  let samplesSincePause = 0;

  for (let start = 0; start < frames; start += windowFrames) {
    const end = Math.min(start + windowFrames, frames);
    energy.fill(0);
    for (let frame = start; frame < end; frame += 1) {
      const bucket = Math.floor((frame * buckets) / frames);
      for (let channel = 0; channel < channels; channel += 1) {
        const value = sample(frame * channels + channel);
        const size = Math.abs(value);
        // Written so that NaN fails it too.
        if (!(size <= loudestPossible))
          throw new PermanentError(
            `The sample at ${toSeconds(frame, sampleRate)} s is not audio (${value}): the file is damaged.`,
          );
        if (size > peak) peak = size;
        energy[channel] = (energy[channel] ?? 0) + value * value;
        if (value < (lowest[bucket] ?? 0)) lowest[bucket] = value;
        if (value > (highest[bucket] ?? 0)) highest[bucket] = value;
      }
    }
    silence.window(start, Math.max(...energy) / (end - start) < quietEnergy);
    for (const channelEnergy of energy) totalEnergy += channelEnergy;

    samplesSincePause += (end - start) * channels;
    if (samplesSincePause >= samplesBetweenPauses) {
      samplesSincePause = 0;
      await pause(end / frames);
    }
  }

  return {
    durationSeconds: toSeconds(frames, sampleRate),
    peakDbfs: toDbfs(peak),
    rmsDbfs: toDbfs(Math.sqrt(totalEnergy / (frames * channels))),
    ...silence.result(frames),
    waveform: Array.from(lowest, (low, bucket) => [round(low, 4), round(highest[bucket] ?? low, 4)]),
  };
}

const toDbfs = (amplitude: number): number | null => (amplitude === 0 ? null : round(20 * Math.log10(amplitude), 2));

/** Adding 0 turns -0 into 0. */
const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits + 0;
