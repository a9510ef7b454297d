'use client';

import { ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { DefinitionInfo } from '#lib/tasks/types';
import type { Options } from './options.ts';

/** What every group of options is given. */
export type GroupProps = {
  definition: DefinitionInfo;
  options: Options;
  /** The messages of these fields, named as the API names them. */
  messagesAt(...pointers: string[]): string[];
  /** The messages of these fields and of all that is within them. */
  messagesWithin(...pointers: string[]): string[];
  onChange(next: Partial<Options>): void;
};

type OptionGroupProps = {
  title: string;
  /** What is chosen in it, told while it is folded; null when it is all the type's default. */
  chosen: string | null;
  /** Something in it is to be corrected: then it opens. */
  wrong: boolean;
  children: ReactNode;
};

/** Options of one meaning, folded until somebody wants them. */
export function OptionGroup({ title, chosen, wrong, children }: OptionGroupProps) {
  const [open, setOpen] = useState(false);
  const [was, setWas] = useState(false);
  if (wrong !== was) {
    setWas(wrong);
    if (wrong) setOpen(true);
  }
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)} className="group/option border-t">
      <summary className="flex min-h-10 list-none items-center gap-2 px-4 text-[13px] hover:bg-accent/50">
        <ChevronRight
          aria-hidden
          className="size-3.5 shrink-0 text-muted-foreground transition-transform group-open/option:rotate-90"
        />
        <span className="font-medium">{title}</span>
        <span className="min-w-0 flex-1 truncate text-right text-xs text-muted-foreground">{chosen ?? 'default'}</span>
      </summary>
      <div className="flex flex-col gap-4 px-4 pt-1 pb-4">{children}</div>
    </details>
  );
}
