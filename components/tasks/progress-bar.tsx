import type { TaskState } from '#lib/tasks/state';
import type { Progress } from '#lib/tasks/types';
import { cn } from '../ui/cn.ts';

/** "42 %", or "21 of 50" when the handler counts. */
export function progressText(progress: Progress): string {
  const percent = `${Math.floor(progress.fraction * 100)} %`;
  return progress.done !== undefined && progress.total !== undefined
    ? `${progress.done} of ${progress.total} · ${percent}`
    : percent;
}

export function ProgressBar({
  progress,
  state,
  className,
}: {
  progress: Progress;
  state: TaskState;
  className?: string;
}) {
  const percent = Math.min(100, Math.max(0, progress.fraction * 100));
  return (
    <div
      role="progressbar"
      aria-label="Progress"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(percent)}
      aria-valuetext={progress.message ? `${progressText(progress)}, ${progress.message}` : progressText(progress)}
      data-tone={state}
      className={cn('h-1.5 overflow-hidden rounded-full bg-tone/15', className)}
    >
      <div className="h-full rounded-full bg-tone transition-[width] duration-200" style={{ width: `${percent}%` }} />
    </div>
  );
}
