'use client';

import { CircleHelp } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogContent, DialogHeader, DialogTitle, DialogTrigger } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { useShortcuts } from './use-shortcuts.ts';

const shortcuts: { keys: string[]; does: string }[] = [
  { keys: ['c'], does: 'Create a task' },
  { keys: ['/'], does: 'Filter the list' },
  { keys: ['j', '↓'], does: 'Next task in a list' },
  { keys: ['k', '↑'], does: 'Previous task in a list' },
  { keys: ['Enter'], does: 'Open the task' },
  { keys: ['?'], does: 'Show this help' },
  { keys: ['Esc'], does: 'Close what is open' },
];

export function HelpDialog() {
  const [open, setOpen] = useState(false);
  useShortcuts({ '?': () => setOpen(true) });
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="ghost" size="icon" aria-label="Keyboard shortcuts" className="max-md:hidden">
          <CircleHelp />
        </Button>
      </DialogTrigger>
      <DialogContent className="max-w-sm" aria-describedby={undefined}>
        <DialogHeader>
          <DialogTitle>Keyboard shortcuts</DialogTitle>
        </DialogHeader>
        <dl className="divide-y px-5 py-1">
          {shortcuts.map(({ keys, does }) => (
            <div key={does} className="flex items-center justify-between py-2 text-[13px]">
              <dt>{does}</dt>
              <dd className="flex gap-1">
                {keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </DialogContent>
    </Dialog>
  );
}
