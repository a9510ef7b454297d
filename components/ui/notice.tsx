import { CircleAlert, Info, type LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn.ts';

type NoticeProps = Omit<ComponentProps<'div'>, 'title'> & {
  tone: 'error' | 'info';
  title: ReactNode;
  icon?: LucideIcon;
};

/** What happened and how to go on, in place. */
export function Notice({ tone, title, icon, className, children, ...props }: NoticeProps) {
  const Icon = icon ?? (tone === 'error' ? CircleAlert : Info);
  return (
    <div
      role={tone === 'error' ? 'alert' : undefined}
      className={cn(
        'flex gap-2.5 rounded-md border px-3 py-2.5 text-[13px]',
        tone === 'error' ? 'border-destructive/30 bg-destructive/6' : 'bg-muted/60',
        className,
      )}
      {...props}
    >
      <Icon
        aria-hidden
        className={cn('mt-px size-4 shrink-0', tone === 'error' ? 'text-destructive' : 'text-muted-foreground')}
      />
      <div className="min-w-0 flex-1">
        <p className="font-medium break-words">{title}</p>
        {children ? <div className="mt-0.5 break-words text-muted-foreground">{children}</div> : null}
      </div>
    </div>
  );
}
