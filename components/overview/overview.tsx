'use client';

import { taskStates } from '#lib/tasks/state';
import { describeError } from '../api/problem.ts';
import { useOverview } from '../api/queries.ts';
import type { Overview as OverviewData } from '../api/types.ts';
import { NoTasks } from '../tasks/no-tasks.tsx';
import { Card } from '../ui/card.tsx';
import { Notice } from '../ui/notice.tsx';
import { QueuesCard } from './queues-card.tsx';
import { RecentFailures } from './recent-failures.tsx';
import { StateTiles } from './state-tiles.tsx';
import { WorkersCard } from './workers-card.tsx';

/** How the whole system stands, live. */
export function Overview({ initial }: { initial: OverviewData }) {
  const { data, error } = useOverview(initial);
  const empty = taskStates.every((state) => data.counts[state] === 0);
  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-lg font-semibold tracking-tight">Overview</h1>
      {error ? (
        <Notice tone="error" title={`These numbers could not be updated. ${describeError(error).title}`}>
          {describeError(error).hint}
        </Notice>
      ) : null}
      {empty ? (
        <Card>
          <NoTasks filter={{ state: null, definition: null, queue: null }} />
        </Card>
      ) : (
        <StateTiles counts={data.counts} />
      )}
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
        <WorkersCard workers={data.workers} />
        <QueuesCard queues={data.queues} />
      </div>
      {empty ? null : <RecentFailures tasks={data.recentFailures} />}
    </div>
  );
}
