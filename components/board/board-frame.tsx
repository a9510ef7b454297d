'use client';

import { ExternalLink } from 'lucide-react';
import { useTheme } from 'next-themes';
import { useState } from 'react';
import { useHydrated } from '../time/clock.tsx';
import { Button } from '../ui/button.tsx';
import { keepBoardTheme } from './board-theme.ts';

/** Bull Board within the frame of the app. `at` is the board's own path: "/queue/default". */
export function BoardFrame({ at }: { at: string }) {
  const src = `/board${at}`;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <h1 className="text-lg font-semibold tracking-tight">Bull Board</h1>
          <p className="text-[13px] text-muted-foreground">
            The jobs as the queue’s engine holds them. What is true of a task stands on its own page.
          </p>
        </div>
        <Button asChild>
          <a href={src}>
            <ExternalLink /> Open on its own
          </a>
        </Button>
      </div>
      <Board src={src} />
    </div>
  );
}

/** Loaded once the browser's theme is known, and again when it changes: the board reads its own at its start only. */
function Board({ src }: { src: string }) {
  const { resolvedTheme } = useTheme();
  const theme = resolvedTheme === 'dark' ? 'dark' : 'light';
  return useHydrated() ? <ThemedBoard key={theme} src={src} theme={theme} /> : <div className={place} />;
}

function ThemedBoard({ src, theme }: { src: string; theme: 'light' | 'dark' }) {
  // Before the frame is there to read it.
  useState(() => keepBoardTheme(localStorage, theme));
  return <iframe src={src} title="Bull Board" sandbox={allowed} className={place} />;
}

/** All that the board needs; it leaves the frame only when a link in it is pressed. */
const allowed =
  'allow-scripts allow-same-origin allow-forms allow-modals allow-downloads allow-top-navigation-by-user-activation';
const place = 'h-[calc(100dvh-10.5rem)] min-h-96 w-full rounded-lg border bg-card';
