'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Minus, Play, Plus, Square } from 'lucide-react';
import { useState } from 'react';
import type { PoolInfo } from '#lib/workers/types';
import { keys } from '../api/keys.ts';
import { toastRefusal } from '../api/toast-refusal.ts';
import { useMay } from '../shell/member.tsx';
import { RelativeTime } from '../time/relative-time.tsx';
import { Button } from '../ui/button.tsx';
import { cn } from '../ui/cn.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { scalePool, startPool, stopPool } from './calls.ts';

/** The worker processes of one host, and how many there shall be. */
export function PoolRow({ pool }: { pool: PoolInfo }) {
  const mayConfigure = useMay('admin');
  return (
    <li className="flex flex-wrap items-center gap-3 px-4 py-3 text-[13px]">
      <span aria-hidden className={cn('size-2 shrink-0 rounded-full', pool.alive ? 'bg-ok' : 'bg-destructive')} />
      <div className="min-w-0 flex-1 basis-40">
        <p className="truncate font-medium">
          {pool.host} <span className="font-mono text-xs font-normal text-muted-foreground">{pool.pid}</span>
        </p>
        <p className="text-xs text-muted-foreground">
          {pool.workers} of {countText(pool.size)} running · {pool.minSize} to {pool.maxSize} allowed
          {pool.alive ? null : (
            <>
              {' '}
              · last seen <RelativeTime at={pool.beatAt} />
            </>
          )}
        </p>
      </div>
      {mayConfigure && pool.alive ? <PoolActions pool={pool} /> : null}
    </li>
  );
}

const countText = (size: number): string => `${size} ${size === 1 ? 'process' : 'processes'}`;

function PoolActions({ pool }: { pool: PoolInfo }) {
  const [asking, setAsking] = useState(false);
  const change = useChange(pool.id);
  if (pool.size === 0) {
    return (
      <Button disabled={change.isPending} onClick={() => change.mutate('start')}>
        <Play /> Start <span className="sr-only">{pool.host}</span>
      </Button>
    );
  }
  return (
    <div className="flex items-center gap-2">
      <Button
        size="icon"
        aria-label={`One process fewer on ${pool.host}`}
        disabled={change.isPending || pool.size <= 1}
        onClick={() => change.mutate(pool.size - 1)}
      >
        <Minus />
      </Button>
      <span className="min-w-5 text-center tabular-nums" aria-hidden>
        {pool.size}
      </span>
      <Button
        size="icon"
        aria-label={`One process more on ${pool.host}`}
        disabled={change.isPending || pool.size >= pool.maxSize}
        onClick={() => change.mutate(pool.size + 1)}
      >
        <Plus />
      </Button>
      <Button variant="destructive" onClick={() => setAsking(true)}>
        <Square /> Stop <span className="sr-only">{pool.host}</span>
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Stop all workers on ${pool.host}?`}
        action="Stop them"
        pending={change.isPending}
        onConfirm={() => change.mutate('stop', { onSettled: () => setAsking(false) })}
      >
        They finish what they run and then end. This host runs no task until you start it again.
      </ConfirmDialog>
    </div>
  );
}

function useChange(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (to: number | 'start' | 'stop') => {
      if (typeof to === 'number') return scalePool(id, to);
      return to === 'start' ? startPool(id) : stopPool(id);
    },
    onError: (error) => toastRefusal('The number of workers was not changed.', error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.fleet() }),
  });
}
