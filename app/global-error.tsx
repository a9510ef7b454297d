'use client';

import './globals.css';

/** The last resort: even the frame around the pages failed. */
export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <main className="flex min-h-dvh flex-col items-center justify-center gap-3 p-6 text-center">
          <h1 className="text-lg font-semibold">Taskdeck could not be shown</h1>
          <p className="text-muted-foreground">Your tasks are kept and go on. Try again in a moment.</p>
          <button type="button" onClick={reset} className="rounded-md border bg-card px-3 py-1.5 font-medium">
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
