/** The lowest and the highest point of a stretch of a recording, from -1 to 1. */
type Peak = readonly [low: number, high: number];

const maxPeaks = 2_000;

/** The waveform that a result carries as `waveform`: pairs of low and high, or single heights. */
export function waveformOf(result: unknown): Peak[] | null {
  if (typeof result !== 'object' || result === null || !('waveform' in result)) return null;
  const { waveform } = result;
  if (!Array.isArray(waveform) || waveform.length === 0 || waveform.length > maxPeaks) return null;
  const peaks = waveform.map(toPeak);
  return peaks.every((peak) => peak !== null) ? peaks : null;
}

function toPeak(value: unknown): Peak | null {
  const [low, high]: unknown[] = Array.isArray(value) ? value : [typeof value === 'number' ? -value : value, value];
  return Number.isFinite(low) && Number.isFinite(high) ? [low as number, high as number] : null;
}

const middle = 32;
const step = 4;

/** A recording as bars around its middle, the loudest as high as the drawing. */
export function Waveform({ peaks }: { peaks: Peak[] }) {
  const loudest = Math.max(...peaks.flat().map(Math.abs), Number.EPSILON);
  const scale = (middle - 1) / loudest;
  return (
    <svg
      role="img"
      aria-label={`Waveform of the recording, ${peaks.length} points`}
      viewBox={`0 0 ${peaks.length * step} ${middle * 2}`}
      preserveAspectRatio="none"
      className="h-16 w-full text-primary dark:text-ring"
    >
      {peaks.map(([low, high], index) => (
        <rect
          // A point has no identity but its place.
          key={`point-${index}`}
          x={index * step + 0.5}
          y={middle - Math.max(low, high) * scale - 0.5}
          width={step - 1}
          height={Math.abs(high - low) * scale + 1}
          fill="currentColor"
        />
      ))}
    </svg>
  );
}
