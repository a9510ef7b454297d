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
import type { ControlVerb } from '#lib/tasks/types';

/** What may be told to many tasks from the list. */
export type BulkVerb = Exclude<ControlVerb, 'purge'>;

type VerbWords = {
  label: string;
  icon: LucideIcon;
  /** What it means for those it concerns, and for the others. */
  effect: string;
  /** Ends work: asked for with more care. */
  ends?: true;
};

export const verbs: Record<BulkVerb, VerbWords> = {
  cancel: {
    label: 'Cancel',
    icon: Ban,
    effect: 'Those that wait end at once, those that run are told to stop. What has ended stays as it is.',
    ends: true,
  },
  retry: {
    label: 'Retry',
    icon: RotateCcw,
    effect: 'Those that failed, were cancelled or abandoned run again. All others stay as they are.',
  },
  pause: {
    label: 'Pause',
    icon: Pause,
    effect: 'Those that wait are held back until somebody resumes them. What runs goes on.',
  },
  resume: {
    label: 'Resume',
    icon: Play,
    effect: 'Those that are paused go on from where they were.',
  },
  redrive: {
    label: 'Redrive',
    icon: Send,
    effect: 'Those that failed, were cancelled or abandoned run again, with all their attempts anew.',
  },
  archive: {
    label: 'Archive',
    icon: Archive,
    effect: 'Those that have ended leave the lists; a filter brings them back.',
  },
  unarchive: {
    label: 'Unarchive',
    icon: ArchiveRestore,
    effect: 'Those that were archived stand in the lists again.',
  },
  dismiss: {
    label: 'Dismiss',
    icon: BellOff,
    effect: 'Those that failed or were abandoned leave the dead letters. All others stay as they are.',
  },
  undismiss: {
    label: 'Bring back',
    icon: Undo2,
    effect: 'Those that were dismissed stand among the dead letters again. All others stay as they are.',
  },
};

/** What takes a verb back. */
export const opposites: Partial<Record<ControlVerb, BulkVerb>> = {
  pause: 'resume',
  archive: 'unarchive',
  dismiss: 'undismiss',
};
