import {
  Archive,
  ArchiveRestore,
  Ban,
  BellOff,
  type LucideIcon,
  Pause,
  Play,
  RotateCcw,
  Send,
  Undo2,
} from 'lucide-react';
import { isCancellable, isDeadLetter, isRetryable, isTerminal, mayBecome, type TaskState } from '#lib/tasks/state';
import type { ControlVerb } from '#lib/tasks/types';

/** What may be told to many tasks from the list. */
export type BulkVerb = Exclude<ControlVerb, 'purge'>;

type VerbWords = {
  label: string;
  icon: LucideIcon;
  /** Of a task that it was told to: "paused". */
  past: string;
  /** What it means for those it concerns, and for the others. */
  effect: string;
  /** True of tasks in a state that allows it. */
  concerns(state: TaskState): boolean;
  /** Ends work: asked for with more care. */
  ends?: true;
};

export const verbs: Record<BulkVerb, VerbWords> = {
  cancel: {
    label: 'Cancel',
    icon: Ban,
    past: 'cancelled',
    effect: 'Those that wait end at once, those that run are told to stop. What has ended stays as it is.',
    concerns: isCancellable,
    ends: true,
  },
  retry: {
    label: 'Retry',
    icon: RotateCcw,
    past: 'retried',
    effect: 'Those that failed, were cancelled or abandoned run again as they are, with all their attempts anew.',
    concerns: isRetryable,
  },
  pause: {
    label: 'Pause',
    icon: Pause,
    past: 'paused',
    effect: 'Those that wait are held back until somebody resumes them. What runs goes on.',
    concerns: (state) => mayBecome(state, 'paused'),
  },
  resume: {
    label: 'Resume',
    icon: Play,
    past: 'resumed',
    effect: 'Those that are paused go on from where they were.',
    concerns: (state) => state === 'paused',
  },
  redrive: {
    label: 'Redrive',
    icon: Send,
    past: 'redriven',
    effect: 'As a retry; and those that completed, if you say so, do their work once more.',
    concerns: isTerminal,
  },
  archive: {
    label: 'Archive',
    icon: Archive,
    past: 'archived',
    effect: 'Those that have ended leave the lists; a filter brings them back.',
    concerns: isTerminal,
  },
  unarchive: {
    label: 'Unarchive',
    icon: ArchiveRestore,
    past: 'unarchived',
    effect: 'Those that were archived stand in the lists again.',
    concerns: isTerminal,
  },
  dismiss: {
    label: 'Dismiss',
    icon: BellOff,
    past: 'dismissed',
    effect: 'Those that failed or were abandoned leave the dead letters. All others stay as they are.',
    concerns: isDeadLetter,
  },
  undismiss: {
    label: 'Bring back',
    icon: Undo2,
    past: 'brought back',
    effect: 'Those that were dismissed stand among the dead letters again. All others stay as they are.',
    concerns: isDeadLetter,
  },
};

/** What takes a verb back. */
export const opposites: Partial<Record<ControlVerb, BulkVerb>> = {
  pause: 'resume',
  archive: 'unarchive',
  dismiss: 'undismiss',
};
