import {
  Ban,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleX,
  Clock,
  Link2,
  LoaderCircle,
  type LucideIcon,
  RotateCcw,
  Skull,
} from 'lucide-react';
import type { TaskState } from '#lib/tasks/state';

/** How each state looks and what it means to a person. */
export const stateMeta: Record<TaskState, { icon: LucideIcon; meaning: string }> = {
  pending: { icon: CircleDashed, meaning: 'Waiting to start.' },
  scheduled: { icon: Clock, meaning: 'Waiting for its start time.' },
  blocked: { icon: Link2, meaning: 'Waiting for other tasks to finish.' },
  running: { icon: LoaderCircle, meaning: 'A worker is on it.' },
  retrying: { icon: RotateCcw, meaning: 'The last attempt failed; the next one is planned.' },
  paused: { icon: CirclePause, meaning: 'Held back until it is resumed.' },
  completed: { icon: CircleCheck, meaning: 'Done.' },
  failed: { icon: CircleX, meaning: 'Ended with an error.' },
  cancelled: { icon: Ban, meaning: 'Cancelled before it was done.' },
  abandoned: { icon: Skull, meaning: 'Its workers stopped responding too often.' },
};
