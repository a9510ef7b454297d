'use client';

import { PencilLine } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { TaskView } from '../api/types.ts';
import { Button } from '../ui/button.tsx';

// The editor is the larger part of the page's script, and few tasks need it.
const EditAndRedriveDialog = lazy(async () => ({
  default: (await import('./edit-and-redrive-dialog.tsx')).EditAndRedriveDialog,
}));

/** Send a task that ended without success again, with a payload that was put right. */
export function EditAndRedrive({ task }: { task: TaskView }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button title="Runs it again with a payload that you change." onClick={() => setOpen(true)}>
        <PencilLine /> Edit and redrive
      </Button>
      {open ? (
        <Suspense>
          <EditAndRedriveDialog task={task} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
