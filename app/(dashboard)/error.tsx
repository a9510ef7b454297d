'use client';

import { CircleAlert } from 'lucide-react';
import { Button } from '#components/ui/button';
import { EmptyState } from '#components/ui/empty-state';

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

/** A page that failed; the navigation around it goes on working. */
export default function DashboardError({ error, reset }: ErrorPageProps) {
  return (
    <EmptyState
      icon={CircleAlert}
      title="This page could not be shown"
      action={<Button onClick={reset}>Try again</Button>}
    >
      Your tasks are not affected: they go on without this page.
      {error.digest ? <span className="mt-2 block font-mono text-xs">Reference {error.digest}</span> : null}
    </EmptyState>
  );
}
