'use client';

import type { WindowStats } from '#lib/stats/types';
import { describeError } from '../api/problem.ts';
import { DurationsCard } from '../overview/durations-card.tsx';
import { ThroughputCard } from '../overview/throughput-card.tsx';
import { WindowSwitch } from '../overview/window-switch.tsx';
import { definitionWindow } from '../overview/window.ts';
import { Notice } from '../ui/notice.tsx';
import { useDefinitionStats } from './use-stats.ts';

/** How often, how well and how fast tasks of this type run, live. */
export function DefinitionStats({ name, initial }: { name: string; initial: WindowStats }) {
  const { data: stats, error } = useDefinitionStats(name, initial);
  return (
    <section aria-label="Statistics" className="flex flex-col gap-3">
      {error ? (
        <Notice tone="error" title={`These numbers could not be updated. ${describeError(error).title}`}>
          {describeError(error).hint}
        </Notice>
      ) : null}
      <div>
        <WindowSwitch
          window={stats.window}
          path={`/definitions/${encodeURIComponent(name)}`}
          byDefault={definitionWindow}
        />
      </div>
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
        <ThroughputCard stats={stats} of={{ definition: name }} />
        <DurationsCard stats={stats} of={{ definition: name }} />
      </div>
    </section>
  );
}
