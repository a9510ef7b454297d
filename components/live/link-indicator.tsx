'use client';

import { useState } from 'react';
import { Tooltip } from '../ui/tooltip.tsx';
import { cn } from '../ui/cn.ts';
import type { LinkState } from './link-state.ts';

type Shown = LinkState | 'catching-up';

const words: Record<Shown, { label: string; explanation: string; dot: string }> = {
  live: { label: 'Live', explanation: 'Changes appear by themselves.', dot: 'bg-ok' },
  'catching-up': {
    label: 'Catching up',
    explanation: 'Fetching what changed in the meantime.',
    dot: 'bg-info animate-pulse',
  },
  connecting: {
    label: 'Connecting',
    explanation: 'Opening the live connection. Until then this page updates every 10 seconds.',
    dot: 'bg-warn animate-pulse',
  },
  reconnecting: {
    label: 'Reconnecting',
    explanation: 'The live connection is down. This page updates every 10 seconds until it is back.',
    dot: 'bg-warn animate-pulse',
  },
};

/** Says how true the page is at this moment. */
export function LinkIndicator({ link, catchingUp }: { link: LinkState; catchingUp: boolean }) {
  const { label, explanation, dot } = words[link === 'live' && catchingUp ? 'catching-up' : link];
  return (
    <>
      <Tooltip content={explanation}>
        <button
          type="button"
          className="inline-flex h-7 items-center gap-1.5 rounded-md px-2 text-xs text-muted-foreground hover:bg-accent"
          data-testid="link-state"
        >
          <span aria-hidden className={cn('size-2 rounded-full', dot)} />
          <span className="max-sm:sr-only">{label}</span>
        </button>
      </Tooltip>
      <Spoken link={link} />
    </>
  );
}

/** For who listens: only that the link is lost, and that it is back. Catching up happens too often to be told each time. */
function Spoken({ link }: { link: LinkState }) {
  const [wasLost, setWasLost] = useState(false);
  if (link === 'reconnecting' && !wasLost) setWasLost(true);
  const back = link === 'live' && wasLost ? 'Live again.' : '';
  return (
    <span role="status" className="sr-only">
      {link === 'reconnecting' ? 'The live connection is lost.' : back}
    </span>
  );
}
