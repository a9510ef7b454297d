'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { LinkIndicator } from '../live/link-indicator.tsx';
import { useLinkState } from '../live/live-provider.tsx';
import { useTaskFeed } from '../live/use-task-feed.ts';
import { QuickCreate } from '../tasks/quick-create.tsx';
import { AccountMenu } from './account-menu.tsx';
import { useAppearance } from './appearance-provider.tsx';
import { CommandCenter } from './command-center.tsx';
import { Logo } from './logo.tsx';
import { useMayAct } from './member.tsx';
import { Nav } from './nav.tsx';
import { PhoneMenu } from './phone-menu.tsx';
import { ThemeMenu } from './theme-menu.tsx';

/** Navigation around every page of the dashboard, and the live feed that keeps them true. */
export function Frame({ children }: { children: ReactNode }) {
  const catchingUp = useTaskFeed();
  const link = useLinkState();
  const mayAct = useMayAct();
  const { density } = useAppearance();
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[13.5rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-primary focus:px-3 focus:py-2 focus:text-primary-foreground"
      >
        Skip to content
      </a>
      <aside className="sticky top-0 hidden h-dvh flex-col overflow-y-auto border-r px-3 pb-3 lg:flex">
        <Link href="/" className="flex h-14 shrink-0 items-center gap-2.5 px-2 text-sm font-semibold tracking-tight">
          <Logo className="size-6" /> Taskdeck
        </Link>
        <Nav />
      </aside>
      <div className="flex min-w-0 flex-col">
        <header className="sticky top-0 z-30 flex h-14 items-center gap-1 border-b bg-background/85 px-3 backdrop-blur sm:px-5">
          <PhoneMenu />
          <Link
            href="/"
            className="flex items-center gap-2 text-sm font-semibold lg:hidden"
            aria-label="Taskdeck, overview"
          >
            <Logo className="size-6" /> <span className="max-sm:hidden">Taskdeck</span>
          </Link>
          <CommandCenter />
          <div className="ml-auto flex items-center gap-1">
            <LinkIndicator link={link} catchingUp={catchingUp} />
            <ThemeMenu />
            {mayAct ? <QuickCreate /> : null}
            <AccountMenu />
          </div>
        </header>
        <main
          id="content"
          tabIndex={-1}
          data-density={density}
          className="mx-auto w-full max-w-7xl flex-1 px-4 py-5 focus:outline-none data-[density=compact]:[--spacing:0.215rem] sm:px-6"
        >
          {children}
        </main>
      </div>
    </div>
  );
}
