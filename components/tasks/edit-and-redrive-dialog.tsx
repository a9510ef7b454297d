'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { redriveTask } from '../api/calls.ts';
import { keys } from '../api/keys.ts';
import { ApiError } from '../api/problem.ts';
import { useDefinitions } from '../api/queries.ts';
import type { TaskView } from '../api/types.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { payloadErrors } from '../forms/pointer.ts';
import { validate } from '../forms/validate.ts';
import { JsonDiff } from '../json/json-diff.tsx';
import { ErrorSummary, payloadProblems } from '../submit/error-summary.tsx';
import { PayloadEditor } from '../submit/payload-editor.tsx';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

/** Edits the payload of an ended task, shows what changed, and sends the task again. */
export function EditAndRedriveDialog({ task, onClose }: { task: TaskView; onClose(): void }) {
  const definitions = useDefinitions();
  const redrive = useRedrive(task.id);
  // As it was when the dialog opened: the task may be sent again elsewhere meanwhile, and the server then refuses.
  const [before] = useState(task.payload);
  const [payload, setPayload] = useState(before);
  const [syntaxError, setSyntaxError] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  // The editor keeps text of its own.
  const [begun, setBegun] = useState(0);

  // Where the schema cannot be had, any JSON may be written: the API has the last word.
  const schema = definitions.data?.find(({ name }) => name === task.definition)?.payloadSchema ?? {};
  const refused = redrive.error instanceof ApiError ? payloadErrors(redrive.error.fields) : [];
  const errors = [...validate(schema, payload), ...refused];
  const ready = syntaxError === null && errors.length === 0;

  const edit = (next: unknown) => {
    // What the API refused is another payload now.
    if (redrive.isError) redrive.reset();
    setPayload(next);
  };
  const startOver = () => {
    edit(before);
    setSyntaxError(null);
    setTried(false);
    setBegun((count) => count + 1);
  };
  const submit = () => {
    setTried(true);
    if (ready) redrive.mutate(payload, { onSuccess: onClose });
  };

  return (
    <FormDialog
      open
      onOpenChange={onClose}
      className="max-w-3xl"
      title="Edit and redrive"
      description="The task runs again under its ID with all its attempts anew. The payload it had is kept."
      action="Redrive with this payload"
      pending={redrive.isPending}
      error={redrive.error}
      onSubmit={submit}
    >
      {definitions.isPending ? (
        <Skeleton className="h-40 shrink-0" />
      ) : (
        <PayloadEditor
          key={begun}
          schema={schema}
          value={payload}
          errors={errors}
          showAll={tried || payload !== before}
          syntaxError={syntaxError}
          onSyntaxError={setSyntaxError}
          onChange={edit}
        />
      )}
      <section aria-labelledby="payload-changes">
        <div className="mb-1.5 flex items-center justify-between gap-3">
          <h3 id="payload-changes" className="text-[13px] font-medium">
            What changes
          </h3>
          {payload === before && syntaxError === null ? null : (
            <Button size="sm" variant="ghost" onClick={startOver}>
              Start over
            </Button>
          )}
        </div>
        <JsonDiff before={before} after={payload} />
      </section>
      {tried && !ready ? <ErrorSummary problems={payloadProblems(schema, errors, syntaxError)} /> : null}
    </FormDialog>
  );
}

function useRedrive(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (payload: unknown) => redriveTask(id, payload),
    onSuccess: () => toast.success('The task was sent again with the new payload.'),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.detail(id) }),
  });
}
