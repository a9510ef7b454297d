'use client';

import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import type { ActiveShortcut } from './shortcuts.ts';

const signs: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc' };

const always = [
  { does: 'Search or jump to', keys: ['Ctrl K'] },
  { does: 'Close what is open', keys: ['Escape'] },
];

type HelpDialogProps = { shortcuts: ActiveShortcut[]; onOpenChange(open: boolean): void };

/** What the keys do on the page that it is opened over. */
export function HelpDialog({ shortcuts, onOpenChange }: HelpDialogProps) {
  return (
    <Dialog open onOpenChange={onOpenChange}>
      <DialogContent className="max-w-sm focus:outline-none" onOpenAutoFocus={focusItself}>
        <DialogHeader>
          <DialogTitle>Keyboard shortcuts</DialogTitle>
          <DialogDescription>
            What works on this page. Single keys can be switched off in Settings, Appearance.
          </DialogDescription>
        </DialogHeader>
        {/* Its text scrolls: it must be reachable by keyboard. */}
        <dl tabIndex={0} className="divide-y overflow-y-auto px-5 py-1 -outline-offset-2">
          {[...shortcuts, ...always].map(({ does, keys }) => (
            <div key={does + keys.join()} className="flex items-center justify-between gap-4 py-2 text-[13px]">
              <dt>{does}</dt>
              <dd className="flex gap-1.5">
                {keys.map((key) => (
                  <Keys key={key} of={key} />
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </DialogContent>
    </Dialog>
  );
}

/** There is nothing in it to act on: the reader begins at its title, not at a list that is framed. */
function focusItself(event: Event): void {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}

/** One key, or two in a row. */
function Keys({ of }: { of: string }) {
  return (
    <span className="flex gap-0.5">
      {of.split(' ').map((key) => (
        <Kbd key={key}>{signs[key] ?? key}</Kbd>
      ))}
    </span>
  );
}
