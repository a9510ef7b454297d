'use client';

import { useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import type { ApiKeyInfo } from '#lib/access/types';
import { keys } from '../api/keys.ts';
import { HydratedFieldset } from '../forms/hydrated-fieldset.tsx';
import { ShownOnce } from '../settings/shown-once.tsx';
import { Button } from '../ui/button.tsx';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { fetchKeys } from './calls.ts';
import { KeyRow } from './key-row.tsx';
import { NewKeyDialog } from './new-key-dialog.tsx';

/** What programs use to speak to the API. */
export function KeysPage({ initial }: { initial: ApiKeyInfo[] }) {
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const { data } = useQuery({
    queryKey: keys.apiKeys(),
    queryFn: ({ signal }) => fetchKeys(signal),
    initialData: initial,
  });
  return (
    <HydratedFieldset>
      <Card>
        <CardHeader>
          <CardTitle>API keys</CardTitle>
          <Button onClick={() => setMaking(true)}>
            <Plus /> New key
          </Button>
        </CardHeader>
        {data.length === 0 ? (
          <EmptyState icon={KeyRound} title="No API keys yet">
            A program sends one with each request. Make one for each program, so that you can revoke it alone.
          </EmptyState>
        ) : (
          <ul aria-label="API keys" className="divide-y">
            {data.map((key) => (
              <KeyRow key={key.id} apiKey={key} />
            ))}
          </ul>
        )}
      </Card>
      {making ? <NewKeyDialog onClose={() => setMaking(false)} onMade={setSecret} /> : null}
      {secret === null ? null : (
        <ShownOnce title="Your new API key" label="API key" secret={secret} onClose={() => setSecret(null)}>
          It is shown this once: only its hash is kept. A program sends it as Authorization: Bearer.
        </ShownOnce>
      )}
    </HydratedFieldset>
  );
}
