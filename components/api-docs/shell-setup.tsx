'use client';

import { useHydrated } from '../time/clock.tsx';
import { CopyButton } from '../ui/copy-button.tsx';

/** The variables that the examples read. The browser knows the address: behind a proxy the server is asked by another. */
export function ShellSetup() {
  const address = useHydrated() ? window.location.origin : '';
  const lines = `export TASKDECK_URL=${address}\nexport TASKDECK_API_KEY=tdk_…`;
  return (
    <div className="relative">
      <pre className="rounded-md border bg-muted/50 p-3 pr-10 text-xs leading-5 break-words whitespace-pre-wrap">
        {lines}
      </pre>
      <CopyButton text={lines} label="variables" className="absolute top-2 right-2" />
    </div>
  );
}
