import type { ReactNode } from 'react';
import type { ListSort } from '#lib/search/types';
import type { TaskSummary } from '#lib/tasks/types';
import { StateIcon } from '../tasks/state-badge.tsx';
import { Elapsed } from '../time/elapsed.tsx';
import { RelativeTime } from '../time/relative-time.tsx';
import { TaskCell } from './task-cell.tsx';

export type Column = {
  id: string;
  title: string;
  /** A grid track; it gives way where the page is narrow. */
  width: string;
  cell(task: TaskSummary): ReactNode;
  right?: true;
  /** Always there; the others may be hidden. */
  fixed?: true;
  /** Hidden until somebody asks for it. */
  extra?: true;
  /** On a phone a card has these alone. */
  phone?: true;
  /** The orders that its header offers, the usual one first. */
  sorts?: [ListSort, ListSort];
};

const time = (at: string | null): ReactNode =>
  at === null ? '–' : <RelativeTime at={at} className="whitespace-nowrap" />;

/** Every column, in their order. */
export const columns: Column[] = [
  {
    id: 'state',
    title: 'State',
    width: 'minmax(0, 7rem)',
    fixed: true,
    phone: true,
    cell: ({ state }) => (
      <span className="flex items-center gap-2 text-[13px]" data-tone={state}>
        <StateIcon state={state} />
        <span className="truncate text-tone first-letter:uppercase max-md:sr-only">{state}</span>
      </span>
    ),
  },
  {
    id: 'task',
    title: 'Task',
    width: 'minmax(8rem, 1fr)',
    fixed: true,
    phone: true,
    cell: (task) => <TaskCell task={task} />,
  },
  { id: 'queue', title: 'Queue', width: 'minmax(0, 7rem)', cell: ({ queue }) => queue },
  {
    id: 'priority',
    title: 'Priority',
    width: 'minmax(0, 4.5rem)',
    right: true,
    extra: true,
    cell: ({ priority }) => priority,
  },
  {
    id: 'attempt',
    title: 'Attempt',
    width: 'minmax(0, 4.5rem)',
    right: true,
    cell: ({ attempt, maxAttempts }) => `${attempt}/${maxAttempts}`,
  },
  {
    id: 'ran',
    title: 'Ran',
    width: 'minmax(0, 4.5rem)',
    right: true,
    sorts: ['-duration', 'duration'],
    cell: ({ startedAt, finishedAt, state }) =>
      startedAt !== null && state !== 'retrying' ? <Elapsed from={startedAt} to={finishedAt} /> : '–',
  },
  {
    id: 'started',
    title: 'Started',
    width: 'minmax(0, 5.5rem)',
    right: true,
    extra: true,
    cell: ({ startedAt }) => time(startedAt),
  },
  {
    id: 'finished',
    title: 'Finished',
    width: 'minmax(0, 5.5rem)',
    right: true,
    extra: true,
    sorts: ['-finished', 'finished'],
    cell: ({ finishedAt }) => time(finishedAt),
  },
  {
    id: 'created',
    title: 'Created',
    width: 'minmax(0, 5.5rem)',
    right: true,
    fixed: true,
    phone: true,
    sorts: ['-created', 'created'],
    cell: ({ createdAt }) => time(createdAt),
  },
];

const checkboxTrack = '1.5rem';

/** The tracks of a row's grid. */
export const tracksOf = (shown: Column[], selectable: boolean): string =>
  [...(selectable ? [checkboxTrack] : []), ...shown.map(({ width }) => width)].join(' ');
