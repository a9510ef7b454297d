import type { LogLevel, TaskLogLine } from '#lib/tasks/types';
import { visibleText } from '../tasks/visible-text.ts';
import { cn } from '../ui/cn.ts';

const levelClass: Record<LogLevel, string> = {
  debug: 'text-muted-foreground/80',
  info: 'text-info',
  warn: 'text-warn',
  error: 'text-destructive',
};

/** The time of day to the millisecond, the same on every clock: logs are compared across machines. */
const timeOf = (at: string): string => at.slice(11, 23);

const fieldText = (value: unknown): string => visibleText(typeof value === 'string' ? value : JSON.stringify(value));

export function LogLineRow({ line }: { line: TaskLogLine }) {
  return (
    <li className="flex gap-3 px-4 py-px [contain-intrinsic-size:auto_1.25rem] [content-visibility:auto] hover:bg-accent/50">
      <time dateTime={line.at} title={line.at} className="shrink-0 text-muted-foreground/80 tabular-nums max-sm:hidden">
        {timeOf(line.at)}
      </time>
      <span className={cn('w-10 shrink-0 font-medium', levelClass[line.level])}>{line.level}</span>
      <span className="min-w-0 flex-1 break-words whitespace-pre-wrap">
        {visibleText(line.message)}
        {Object.entries(line.fields ?? {}).map(([name, value]) => (
          <span key={name} className="text-muted-foreground">
            {' '}
            {visibleText(name)}=<span className="text-foreground/75">{fieldText(value)}</span>
          </span>
        ))}
      </span>
    </li>
  );
}
