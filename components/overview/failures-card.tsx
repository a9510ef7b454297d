import { CircleCheck } from 'lucide-react';
import Link from 'next/link';
import type { FailureGroup, WindowStats } from '#lib/stats/types';
import { filterHref } from '../tasks/filter.ts';
import { visibleText } from '../tasks/visible-text.ts';
import { RelativeTime } from '../time/relative-time.tsx';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { formatCount } from './numbers.ts';
import { windowNames } from './window.ts';

/** What went wrong in the window, by cause; each leads to its tasks. */
export function FailuresCard({ failures, stats }: { failures: FailureGroup[]; stats: WindowStats }) {
  return (
    <Card className="min-w-0">
      <CardHeader>
        <CardTitle>Failures by cause</CardTitle>
        <Link href="/dead-letters" className="text-xs text-muted-foreground hover:text-foreground">
          All dead letters
        </Link>
      </CardHeader>
      {failures.length === 0 ? (
        <p className="flex items-center gap-2 px-4 py-4 text-[13px] text-muted-foreground">
          <CircleCheck aria-hidden className="size-4 shrink-0 text-ok" /> Nothing that failed in the{' '}
          {windowNames[stats.window].long} needs a look.
        </p>
      ) : (
        <ul className="divide-y">
          {failures.map((failure) => (
            <FailureRow key={failure.fingerprint} failure={failure} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function FailureRow({ failure }: { failure: FailureGroup }) {
  const { fingerprint, count, more, lastAt, definitions, sampleMessage } = failure;
  return (
    <li className="relative flex items-baseline gap-3 px-4 py-2 text-[13px] hover:bg-accent/60">
      <span className="w-12 shrink-0 text-right font-semibold text-destructive tabular-nums">
        {formatCount(count)}
        {more ? '+' : '×'}
      </span>
      <span className="min-w-0 flex-1">
        <Link
          href={filterHref({ fingerprint, dismissed: 'false' })}
          prefetch={false}
          className="line-clamp-2 break-words after:absolute after:inset-0"
        >
          {sampleMessage ? visibleText(sampleMessage) : 'An error without a message'}
        </Link>
        <span className="block truncate text-xs text-muted-foreground">{definitions.join(', ')}</span>
      </span>
      <RelativeTime at={lastAt} className="shrink-0 text-xs text-muted-foreground tabular-nums" />
    </li>
  );
}
