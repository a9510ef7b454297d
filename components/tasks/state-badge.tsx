import type { TaskState } from '#lib/tasks/state';
import { cn } from '../ui/cn.ts';
import { stateMeta } from './state-meta.ts';

type StateIconProps = { state: TaskState; className?: string };

export function StateIcon({ state, className }: StateIconProps) {
  const Icon = stateMeta[state].icon;
  return (
    <Icon
      aria-hidden
      data-tone={state}
      className={cn(
        'size-4 shrink-0 text-tone',
        state === 'running' && 'animate-spin [animation-duration:1.6s]',
        className,
      )}
    />
  );
}

type StateBadgeProps = { state: TaskState; className?: string; 'data-testid'?: string };

/** A state by word, icon and colour. */
export function StateBadge({ state, className, ...props }: StateBadgeProps) {
  return (
    <span
      data-tone={state}
      className={cn(
        'inline-flex h-6 items-center gap-1.5 rounded-full border border-tone/25 bg-tone/8 pr-2.5 pl-1.5 text-xs font-medium text-tone',
        className,
      )}
      {...props}
    >
      <StateIcon state={state} className="size-3.5" />
      <span className="first-letter:uppercase">{state}</span>
    </span>
  );
}
