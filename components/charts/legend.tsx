import type { ReactNode } from 'react';
import { cn } from '../ui/cn.ts';

/** A colour of a chart and what it stands for. */
export function LegendItem({ swatch, children }: { swatch: string; children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden className={cn('size-2 shrink-0 rounded-[2px]', swatch)} />
      {children}
    </span>
  );
}
