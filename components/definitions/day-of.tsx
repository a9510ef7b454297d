import type { DefinitionRates } from '#lib/stats/types';
import { Sparkline } from '../charts/sparkline.tsx';
import { formatCount, formatShare } from '../overview/numbers.ts';

/** What a task type did in the last 24 hours, at a glance. */
export function DayOf({ rates: { hours } }: { rates: DefinitionRates }) {
  const ended = hours.reduce((sum, hour) => sum + hour.ended, 0);
  const failed = hours.reduce((sum, hour) => sum + hour.failed, 0);
  const text = `${formatCount(ended)} ${ended === 1 ? 'ending' : 'endings'} in 24 h`;
  const share = `${formatShare(failed / ended)} failed`;
  return (
    <div
      title="A task that was redriven and ended again counts again."
      className="hidden shrink-0 items-center gap-3 sm:flex"
    >
      <p className="text-right text-xs text-muted-foreground tabular-nums">
        <span className="block">{text}</span>
        <span className={failed > 0 ? 'block text-destructive' : 'block'}>{share}</span>
      </p>
      <Sparkline
        label={`${text}, ${share}, hour by hour`}
        parts={[
          { values: hours.map((hour) => hour.failed), className: 'fill-destructive' },
          { values: hours.map((hour) => hour.ended - hour.failed), className: 'fill-ok' },
        ]}
      />
    </div>
  );
}
