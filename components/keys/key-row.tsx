'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ban } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import type { ApiKeyInfo } from '#lib/access/types';
import { keys } from '../api/keys.ts';
import { toastRefusal } from '../api/toast-refusal.ts';
import { visibleText } from '../tasks/visible-text.ts';
import { useNow } from '../time/clock.tsx';
import { RelativeTime } from '../time/relative-time.tsx';
import { Button } from '../ui/button.tsx';
import { cn } from '../ui/cn.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Figure } from '../ui/figure.tsx';
import { revokeKey } from './calls.ts';

const grouped = new Intl.NumberFormat('en');

/** One API key: whose, what it may do, when it was used. */
export function KeyRow({ apiKey }: { apiKey: ApiKeyInfo }) {
  const { prefix, role, rateLimit, createdBy, createdAt, lastUsedAt, expiresAt, revokedAt } = apiKey;
  const now = useNow();
  const over = revokedAt !== null || (expiresAt !== null && Date.parse(expiresAt) <= now);
  return (
    <li className="flex flex-col gap-2.5 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className={cn('min-w-0 flex-1 basis-48 truncate text-[13px]', over && 'text-muted-foreground')}>
          <span className="font-medium">{visibleText(apiKey.name)}</span>{' '}
          <span className="font-mono text-xs text-muted-foreground">{prefix}…</span>
        </p>
        {over ? (
          <span className="text-xs text-muted-foreground">
            {revokedAt === null ? 'expired' : 'revoked'} <RelativeTime at={revokedAt ?? expiresAt ?? createdAt} />
          </span>
        ) : (
          <Revoke apiKey={apiKey} />
        )}
      </div>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-5">
        <Figure name="Role">{role}</Figure>
        <Figure name="Submits">{rateLimit === null ? 'no limit' : `${grouped.format(rateLimit)} a minute`}</Figure>
        <Figure name="Last used">{lastUsedAt === null ? 'never' : <RelativeTime at={lastUsedAt} />}</Figure>
        <Figure name="Valid until">{expiresAt === null ? 'revoked' : <RelativeTime at={expiresAt} />}</Figure>
        <Figure name="Made">
          <RelativeTime at={createdAt} />
          {createdBy === null ? null : ` by ${createdBy}`}
        </Figure>
      </dl>
    </li>
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
