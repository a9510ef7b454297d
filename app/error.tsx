'use client';

import { CircleAlert } from 'lucide-react';
import { Button } from '#components/ui/button';
import { EmptyState } from '#components/ui/empty-state';

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

export default function RootError({ error, reset }: ErrorPageProps) {
  return (
    <main className="flex min-h-dvh items-center justify-center">
      <EmptyState
        icon={CircleAlert}
        title="Taskdeck could not show this page"
        action={<Button onClick={reset}>Try again</Button>}
      >
        The server may be starting or its database may be out of reach. Your tasks are kept.
        {error.digest ? <span className="mt-2 block font-mono text-xs">Reference {error.digest}</span> : null}
      </EmptyState>
    </main>
  );
}
