import type { ReactNode } from 'react';
import { cn } from './cn.ts';

/** A named number or fact; stands in a `dl`. */
export function Figure({ name, children, className }: { name: string; children: ReactNode; className?: string }) {
  return (
    <div className={cn('min-w-0', className)}>
      <dt className="truncate text-xs text-muted-foreground">{name}</dt>
      <dd className="truncate text-[13px] tabular-nums">{children}</dd>
    </div>
  );
}
