import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

export const fieldClasses =
  'w-full min-w-0 rounded-md border border-input bg-card text-[13px] shadow-card transition-colors placeholder:text-muted-foreground/70 focus-visible:border-ring focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-ring/40 disabled:cursor-not-allowed disabled:opacity-60 aria-invalid:border-destructive aria-invalid:focus-visible:outline-destructive/30 max-sm:text-base';

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return <input className={cn(fieldClasses, 'h-8 px-2.5', className)} {...props} />;
}
