'use client';

import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { useDefinitions } from '../api/queries.ts';
import type { TaskRef } from '../api/types.ts';
import { useShortcuts } from '../shell/use-shortcuts.ts';
import { useHydrated } from '../time/clock.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle, DialogTrigger } from '../ui/dialog.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

// With the check of payloads they are more than the rest of the shell: they come when the dialog is opened first.
const loading = () => <Skeleton className="m-5 h-64" />;
const QuickCreateForm = dynamic(async () => (await import('./quick-create-form.tsx')).QuickCreateForm, {
  ssr: false,
  loading,
});
const SubmittedTask = dynamic(async () => (await import('./submitted-task.tsx')).SubmittedTask, {
  ssr: false,
  loading,
});

/** Submit a task from anywhere, and watch it without leaving the page. */
export function QuickCreate() {
  const [open, setOpen] = useState(false);
  const [submitted, setSubmitted] = useState<TaskRef | null>(null);
  const hydrated = useHydrated();
  const definitions = useDefinitions({ enabled: open });
  useShortcuts({ c: () => changeOpen(true) });

  const changeOpen = (next: boolean) => {
    if (next) setSubmitted(null);
    setOpen(next);
  };

  return (
    <Dialog open={open} onOpenChange={changeOpen}>
      <DialogTrigger asChild>
        <Button
          variant="primary"
          data-testid="create-task"
          aria-keyshortcuts="c"
          className="mx-1 disabled:opacity-100"
          disabled={!hydrated}
        >
          <Plus /> <span className="max-sm:sr-only">New task</span>
        </Button>
      </DialogTrigger>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{submitted ? 'Task submitted' : 'New task'}</DialogTitle>
          <DialogDescription>
            {submitted
              ? 'It is saved and moves on by itself; you may close this.'
              : 'Choose a type and give it its payload.'}
          </DialogDescription>
        </DialogHeader>
        {submitted ? (
          <SubmittedTask task={submitted} onAnother={() => setSubmitted(null)} onLeave={() => setOpen(false)} />
        ) : (
          <QuickCreateForm
            definitions={definitions.data ?? []}
            onSubmitted={setSubmitted}
            onLeave={() => setOpen(false)}
          />
        )}
      </DialogContent>
    </Dialog>
  );
}
