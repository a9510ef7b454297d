'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { TaskSummary } from '#lib/tasks/types';
import { fetchTasks, pageSize } from '../api/calls.ts';
import { keys } from '../api/keys.ts';
import { newest } from '../live/merge.ts';

/** The rows to ask for move on in steps, or each step of a scroll would ask anew. */
const step = 10;

/**
 * Rows that the list has lost but still shows, because they are held, are asked for by their ids: what stands still is true too.
 * `start` is the first row that is drawn; `someLost` whether any needs it.
 */
export function useTrueRows(shown: TaskSummary[], start: number, someLost: boolean): TaskSummary[] {
  const from = Math.floor(start / step) * step;
  const ids = someLost ? shown.slice(from, from + pageSize).map((row) => row.id) : [];
  const filter = { ids: ids.join(','), includeArchived: 'true' };
  const { data } = useQuery({
    queryKey: keys.heldRows(filter),
    queryFn: async ({ signal }) => (await fetchTasks(filter, null, signal)).tasks,
    enabled: ids.length > 0,
  });
  return useMemo(() => {
    if (!data) return shown;
    const known = new Map(data.map((row) => [row.id, row]));
    return shown.map((row) => newest(row, known.get(row.id) ?? row));
  }, [shown, data]);
}
