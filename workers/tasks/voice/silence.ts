export type Silence = { startSeconds: number; endSeconds: number };

/** A page cannot show more; the count and the sum go on. */
export const maxListedSilences = 500;

type Options = { sampleRate: number; minSeconds: number };

/** What was found: the first 500 silences, how many there are, and how long they are together. */
export type Silences = { silences: Silence[]; silenceCount: number; silenceSeconds: number };

/**
 * Joins quiet windows that follow each other into silences, and keeps those that are long enough.
 *
 * @returns `window` takes the windows in their order, with bounds in frames; `result` ends the last silence.
 */
export function silenceFinder({ sampleRate, minSeconds }: Options) {
  const silences: Silence[] = [];
  let count = 0;
  let totalFrames = 0;
  let quietSince: number | null = null;

  const close = (endFrame: number) => {
    if (quietSince !== null && endFrame - quietSince >= minSeconds * sampleRate) {
      count += 1;
      totalFrames += endFrame - quietSince;
      if (silences.length < maxListedSilences)
        silences.push({ startSeconds: toSeconds(quietSince, sampleRate), endSeconds: toSeconds(endFrame, sampleRate) });
    }
    quietSince = null;
  };

  return {
    window(startFrame: number, isQuiet: boolean): void {
      if (!isQuiet) close(startFrame);
      else quietSince ??= startFrame;
    },
    result(frames: number): Silences {
      close(frames);
      return { silences, silenceCount: count, silenceSeconds: toSeconds(totalFrames, sampleRate) };
    },
  };
}

/** Seconds to the millisecond. */
export const toSeconds = (frames: number, sampleRate: number): number =>
  Math.round((frames / sampleRate) * 1000) / 1000;
