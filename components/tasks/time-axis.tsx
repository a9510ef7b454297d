import { formatDuration } from '../time/format.ts';
import { axisTicks } from './axis.ts';

/** The scale of the bars below it, for the eye; each bar says its lengths in words. */
export function TimeAxis({ span }: { span: number }) {
  return (
    <div aria-hidden className="relative mx-4 mt-1 h-5 border-b text-[11px] text-muted-foreground tabular-nums">
      {axisTicks(span).map((tick) => (
        <span
          key={tick}
          className="absolute bottom-0 border-l pl-1 whitespace-nowrap last:data-[late]:-translate-x-full last:data-[late]:border-r last:data-[late]:border-l-0 last:data-[late]:pr-1"
          data-late={tick / span > 0.9 || undefined}
          style={{ left: `${(tick / span) * 100}%` }}
        >
          {tick === 0 ? '0' : formatDuration(tick)}
        </span>
      ))}
    </div>
  );
}
