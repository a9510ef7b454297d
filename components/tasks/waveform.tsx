/** Peaks of a recording, if the result carries them as `waveform`: numbers from 0 to 1. */
export function waveformOf(result: unknown): number[] | null {
  if (typeof result !== 'object' || result === null || !('waveform' in result)) return null;
  const peaks = result.waveform;
  if (!Array.isArray(peaks) || peaks.length === 0 || peaks.length > 2_000) return null;
  return peaks.every((peak) => typeof peak === 'number' && Number.isFinite(peak)) ? (peaks as number[]) : null;
}

const height = 64;
const step = 4;

/** A recording as bars, loudest as high as the drawing. */
export function Waveform({ peaks }: { peaks: number[] }) {
  const loudest = Math.max(...peaks.map(Math.abs), Number.EPSILON);
  return (
    <svg
      role="img"
      aria-label={`Waveform of the recording, ${peaks.length} peaks`}
      viewBox={`0 0 ${peaks.length * step} ${height}`}
      preserveAspectRatio="none"
      className="h-16 w-full text-primary dark:text-ring"
    >
      {peaks.map((peak, index) => {
        const tall = Math.max(1, (Math.abs(peak) / loudest) * height);
        return (
          <rect
            key={`${index}-${peak}`}
            x={index * step + 0.5}
            y={(height - tall) / 2}
            width={step - 1}
            height={tall}
            rx="1"
            fill="currentColor"
          />
        );
      })}
    </svg>
  );
}
