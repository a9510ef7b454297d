'use client';

import { CircleHelp, Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { useHydrated } from '../time/clock.tsx';
import { Button } from '../ui/button.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { useMayAct, useMember } from './member.tsx';
import { pagesFor } from './pages.ts';
import { type ActiveShortcut, activeShortcuts, type Shortcuts } from './shortcuts.ts';
import { useShortcuts } from './use-shortcuts.ts';

// Neither is needed at first paint: they are loaded when they are first asked for.
const Palette = dynamic(() => import('../palette/palette.tsx').then((module) => module.Palette), { ssr: false });
const HelpDialog = dynamic(() => import('./help-dialog.tsx').then((module) => module.HelpDialog), { ssr: false });

/** The command palette and the help sheet, by button and by key, and the keys that work everywhere. */
export function CommandCenter() {
  const [open, setOpen] = useState<'palette' | ActiveShortcut[] | null>(null);
  const search = useRef<HTMLButtonElement>(null);
  const hydrated = useHydrated();
  useOpenByModifier(() => setOpen('palette'));
  const help = () => setOpen(activeShortcuts());
  const close = () => setOpen(null);
  useShortcuts(useEverywhere({ help, palette: () => setOpen('palette') }), { fallback: true });
  return (
    <>
      <Button
        ref={search}
        disabled={!hydrated}
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => setOpen('palette')}
        className="ml-1 text-muted-foreground disabled:opacity-100 max-sm:size-8 max-sm:px-0 sm:min-w-40 lg:ml-0 lg:min-w-64"
      >
        <Search /> <span className="max-sm:sr-only">Search or jump to</span>
        <Kbd aria-hidden className="ml-auto max-lg:hidden">
          <Modifier /> K
        </Kbd>
      </Button>
      <Button
        variant="ghost"
        size="icon"
        aria-label="Keyboard shortcuts"
        disabled={!hydrated}
        className="disabled:opacity-100 max-md:hidden"
        onClick={help}
      >
        <CircleHelp />
      </Button>
      {open === 'palette' ? <Palette onOpenChange={close} onHelp={help} returnFocus={search} /> : null}
      {Array.isArray(open) ? <HelpDialog shortcuts={open} onOpenChange={close} /> : null}
    </>
  );
}

/** ⌘K or Ctrl-K, also while typing; not over another dialog. */
function useOpenByModifier(open: () => void): void {
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey)
        return;
      if (document.querySelector('[role="dialog"], [role="alertdialog"]')) return;
      event.preventDefault();
      open();
    };
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  });
}

function useEverywhere({ help, palette }: { help(): void; palette(): void }): Shortcuts {
  const router = useRouter();
  const { role } = useMember();
  const mayAct = useMayAct();
  const goTo = pagesFor(role).flatMap(({ href, label, goTo }) =>
    goTo === undefined ? [] : [[`g ${goTo}`, { does: `Go to ${label}`, run: () => router.push(href) }] as const],
  );
  return {
    '/': { does: 'Search or jump to', run: palette },
    ...(mayAct && { n: { does: 'New task, on its own page', run: () => router.push('/tasks/new') } }),
    ...Object.fromEntries(goTo),
    '?': { does: 'Show this help', run: help },
  };
}

/** The key that this reader's keyboard has. */
function Modifier() {
  const hydrated = useHydrated();
  return hydrated && /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl';
}
