import { formatDuration } from '../time/format.ts';
import { cn } from '../ui/cn.ts';
import { type Axis, isDrawn, type Segment, type SegmentKind } from './timeline.ts';

const looks: Partial<Record<SegmentKind, string>> = {
  waited: 'bg-muted-foreground/40',
  ran: 'bg-tone',
  'backed off': 'bg-[repeating-linear-gradient(135deg,var(--color-warn)_0_3px,transparent_3px_6px)] opacity-70',
};

const percent = (share: number): string => `${share * 100}%`;

/** Where the time went, to the scale of the axis above, and in words. */
export function AttemptBars({ segments, axis }: { segments: Segment[]; axis: Axis }) {
  return (
    <>
      <div aria-hidden className="relative h-2.5 rounded-xs bg-muted/60">
        {segments.filter(isDrawn).map((segment) => {
          const { at, length } = axis.place(segment);
          return (
            <span
              key={segment.kind}
              className={cn('absolute inset-y-0 min-w-0.5 rounded-xs', looks[segment.kind])}
              style={{ left: percent(at), width: percent(length) }}
            />
          );
        })}
      </div>
      <p className="text-xs text-muted-foreground tabular-nums">{segments.map(segmentText).join(' · ')}</p>
    </>
  );
}

const segmentText = ({ kind, from, to }: Segment): string =>
  kind === 'ended' ? `sent again after ${formatDuration(to - from)}` : `${kind} ${formatDuration(to - from)}`;
