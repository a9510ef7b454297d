'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ban, CircleCheck, CircleOff } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import type { ApiKeyInfo } from '#lib/access/types';
import { keys } from '../api/keys.ts';
import { toastRefusal } from '../api/toast-refusal.ts';
import { visibleText } from '../tasks/visible-text.ts';
import { useHydrated, useNow } from '../time/clock.tsx';
import { formatLocal, formatUtc } from '../time/format.ts';
import { RelativeTime } from '../time/relative-time.tsx';
import { Button } from '../ui/button.tsx';
import { cn } from '../ui/cn.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Figure } from '../ui/figure.tsx';
import { revokeKey } from './calls.ts';

const grouped = new Intl.NumberFormat('en');

/** One API key: whether it works, what it may do, when it was used. */
export function KeyRow({ apiKey }: { apiKey: ApiKeyInfo }) {
  const { prefix, role, rateLimit, createdBy, createdAt, lastUsedAt } = apiKey;
  const state = keyState(apiKey, useNow());
  return (
    <li className="flex flex-col gap-2.5 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p
          className={cn(
            'flex min-w-0 flex-1 basis-48 items-baseline gap-2 text-[13px]',
            state !== 'active' && 'text-muted-foreground',
          )}
        >
          <span className="truncate font-medium">{visibleText(apiKey.name)}</span>
          <span className="font-mono text-xs text-muted-foreground">{prefix}…</span>
          <StateMark state={state} />
        </p>
        {state === 'active' ? <Revoke apiKey={apiKey} /> : null}
      </div>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-5">
        <Figure name="Role">{role}</Figure>
        <Figure name="Submits">{rateLimit === null ? 'no limit' : `${grouped.format(rateLimit)} a minute`}</Figure>
        <Figure name="Last used">{lastUsedAt === null ? 'never' : <RelativeTime at={lastUsedAt} />}</Figure>
        <Figure name="Valid">
          <Validity apiKey={apiKey} state={state} />
        </Figure>
        <Figure name="Made">
          <RelativeTime at={createdAt} />
          {createdBy === null ? null : ` by ${createdBy}`}
        </Figure>
      </dl>
    </li>
  );
}

type KeyState = keyof typeof marks;

const marks = {
  active: { icon: CircleCheck, className: 'text-ok' },
  expired: { icon: CircleOff, className: 'text-warn' },
  revoked: { icon: Ban, className: 'text-muted-foreground' },
};

function keyState({ expiresAt, revokedAt }: ApiKeyInfo, now: number): KeyState {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && Date.parse(expiresAt) <= now ? 'expired' : 'active';
}

function StateMark({ state }: { state: KeyState }) {
  const { icon: Icon, className } = marks[state];
  return (
    <span className={cn('inline-flex shrink-0 items-center gap-1 self-center text-xs', className)}>
      <Icon aria-hidden className="size-3.5" /> {state}
    </span>
  );
}

/** Until when the key works, or since when it does not. */
function Validity({ apiKey: { expiresAt, revokedAt }, state }: { apiKey: ApiKeyInfo; state: KeyState }) {
  if (revokedAt !== null)
    return (
      <>
        revoked <RelativeTime at={revokedAt} />
      </>
    );
  if (expiresAt === null) return 'no end';
  if (state === 'expired')
    return (
      <>
        expired <RelativeTime at={expiresAt} />
      </>
    );
  return (
    <>
      until <Day at={expiresAt} />
    </>
  );
}

const localDay = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** A day in the reader's zone, with the exact time on hover. */
function Day({ at }: { at: string }) {
  const hydrated = useHydrated();
  const time = Date.parse(at);
  return (
    <time dateTime={at} title={hydrated ? formatLocal(time) : formatUtc(time)}>
      {hydrated ? localDay.format(time) : formatUtc(time).slice(0, 10)}
    </time>
  );
}

function Revoke({ apiKey }: { apiKey: ApiKeyInfo }) {
  const name = visibleText(apiKey.name);
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const revoke = useMutation({
    mutationFn: () => revokeKey(apiKey.id),
    onSuccess: () => toast.success(`The key “${name}” is revoked.`),
    onError: (error) => toastRefusal('The key was not revoked.', error),
    onSettled: () => {
      setAsking(false);
      return queryClient.invalidateQueries({ queryKey: keys.apiKeys() });
    },
  });
  return (
    <>
      <Button size="sm" onClick={() => setAsking(true)}>
        <Ban /> Revoke <span className="sr-only">{name}</span>
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Revoke “${name}” for good?`}
        action="Revoke"
        pending={revoke.isPending}
        onConfirm={() => revoke.mutate()}
      >
        The next request with it is refused. A revoked key never comes back: make a new one instead.
      </ConfirmDialog>
    </>
  );
}
