import Link from 'next/link';
import type { DefinitionInfo } from '#lib/tasks/types';
import { filterHref } from '../tasks/filter.ts';
import { apartText } from '../tasks/retry-text.ts';
import { formatDuration } from '../time/format.ts';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { Figure } from '../ui/figure.tsx';

/** How a task of this type runs unless its submit says otherwise. */
export function DefinitionDefaults({ definition }: { definition: DefinitionInfo }) {
  const { queue, priority, retry, timeoutMs, ttlMs, maxLost, isolated, retentionMs } = definition;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Defaults</CardTitle>
      </CardHeader>
      <dl className="grid gap-x-4 gap-y-3 px-4 py-3 sm:grid-cols-2 lg:grid-cols-1">
        <Figure name="Queue">
          <Link href={filterHref({ queue })} prefetch={false} className="hover:underline">
            {queue}
          </Link>
        </Figure>
        <Figure name="Priority">{priority}</Figure>
        <Figure name="Attempts">
          {retry.attempts > 1 ? `up to ${retry.attempts}, ${apartText(retry.backoff)}` : 'one'}
        </Figure>
        <Figure name="Time limit">{formatDuration(timeoutMs)} an attempt</Figure>
        <Figure name="At once">{atOnceText(definition)}</Figure>
        {ttlMs === null ? null : <Figure name="Must start within">{formatDuration(ttlMs)}</Figure>}
        <Figure name="Given up after">
          {maxLost} lost {maxLost === 1 ? 'worker' : 'workers'}
        </Figure>
        <Figure name="Runs in">{isolated ? 'a process of its own' : 'the worker’s process'}</Figure>
        <Figure name="Kept after its end">
          {retentionMs === null ? 'without limit' : formatDuration(retentionMs)}
        </Figure>
      </dl>
    </Card>
  );
}

function atOnceText({ mode, concurrencyLimit }: DefinitionInfo): string {
  if (mode === 'sync') return 'one, over all workers';
  return concurrencyLimit === null ? 'as many as there are slots' : `${concurrencyLimit} of one concurrency key`;
}
