'use client';

import type { ReactNode } from 'react';
import type { StatsWindow } from '#lib/stats/types';
import { taskStates } from '#lib/tasks/state';
import type { TaskSummary } from '#lib/tasks/types';
import { describeError } from '../api/problem.ts';
import { useOverview } from '../api/queries.ts';
import type { Overview as OverviewData } from '../api/types.ts';
import { filterHref } from '../tasks/filter.ts';
import { NoTasks } from '../tasks/no-tasks.tsx';
import { Elapsed } from '../time/elapsed.tsx';
import { RelativeTime } from '../time/relative-time.tsx';
import { Card } from '../ui/card.tsx';
import { Notice } from '../ui/notice.tsx';
import { DurationsCard } from './durations-card.tsx';
import { FailuresCard } from './failures-card.tsx';
import { QueuesCard } from './queues-card.tsx';
import { StateTiles } from './state-tiles.tsx';
import { TasksCard } from './tasks-card.tsx';
import { ThroughputCard } from './throughput-card.tsx';
import { WindowSwitch } from './window-switch.tsx';
import { defaultWindow } from './window.ts';
import { WorkersCard } from './workers-card.tsx';

/** How the whole system stands, live. */
export function Overview({ window, initial }: { window: StatsWindow; initial: OverviewData }) {
  const { data, error } = useOverview(window, initial);
  const unused = taskStates.every((state) => data.counts[state] === 0) && data.stats.totals.submitted === 0;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1 className="text-lg font-semibold tracking-tight">Overview</h1>
        {unused ? null : <WindowSwitch window={window} path="/" byDefault={defaultWindow} />}
      </div>
      {error ? (
        <Notice tone="error" title={`These numbers could not be updated. ${describeError(error).title}`}>
          {describeError(error).hint}
        </Notice>
      ) : null}
      {unused ? (
        <Card>
          <NoTasks filter={{}} />
        </Card>
      ) : (
        <StateTiles counts={data.counts} />
      )}
      {/* In columns: no chart grows to the height of the card beside it, only what stands at their ends. */}
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
        <Column>
          {unused ? null : <ThroughputCard stats={data.stats} />}
          <QueuesCard queues={data.queues} />
          {unused ? null : (
            <>
              <FailuresCard failures={data.failures} stats={data.stats} />
              <DueNext tasks={data.dueNext} />
            </>
          )}
        </Column>
        <Column>
          {unused ? null : <DurationsCard stats={data.stats} />}
          <WorkersCard workers={data.workers} />
          {unused ? null : <RunningLongest tasks={data.longestRunning} />}
        </Column>
      </div>
    </div>
  );
}

function Column({ children }: { children: ReactNode }) {
  return <div className="flex min-w-0 flex-col gap-4 [&>:last-child]:grow">{children}</div>;
}

function RunningLongest({ tasks }: { tasks: TaskSummary[] }) {
  return (
    <TasksCard
      title="Running longest"
      href={filterHref({ state: 'running' })}
      rows={tasks.map((task) => ({ task, time: <Elapsed from={task.startedAt ?? task.createdAt} to={null} /> }))}
      none="Nothing is running right now."
    />
  );
}

function DueNext({ tasks }: { tasks: TaskSummary[] }) {
  return (
    <TasksCard
      title="Due next"
      href={filterHref({ state: 'scheduled,retrying' })}
      rows={tasks.map((task) => ({ task, time: <RelativeTime at={task.runAt} /> }))}
      none="No task waits for a start time."
    />
  );
}
