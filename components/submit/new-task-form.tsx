'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useRef, useState } from 'react';
import { toast } from 'sonner';
import type { DefinitionInfo } from '#lib/tasks/types';
import { ApiError, describeError } from '../api/problem.ts';
import { HydratedFieldset } from '../forms/hydrated-fieldset.tsx';
import { payloadErrors } from '../forms/pointer.ts';
import { isObject, startingValue } from '../forms/schema.ts';
import { validate } from '../forms/validate.ts';
import { useSubmitTask } from '../tasks/use-submit-task.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Notice } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { ErrorSummary } from './error-summary.tsx';
import { defaultOptions, describePlan, optionErrors, toSubmitInput } from './options.ts';
import { OptionsFields } from './options-fields.tsx';
import { PayloadEditor } from './payload-editor.tsx';

type NewTaskFormProps = {
  definition: DefinitionInfo;
  queues: string[];
  /** A payload to start from instead of the example: that of an earlier task. */
  initialPayload?: unknown;
};

/** Submit a task of one type: its payload by form or as JSON, and how it shall run. */
export function NewTaskForm({ definition, queues, initialPayload }: NewTaskFormProps) {
  const router = useRouter();
  const submit = useSubmitTask();
  const form = useRef<HTMLFormElement>(null);
  const [payload, setPayload] = useState<unknown>(() => initialPayload ?? startingPayload(definition));
  const [syntaxError, setSyntaxError] = useState<string | null>(null);
  const [options, setOptions] = useState(() => defaultOptions(definition));
  const [tried, setTried] = useState(false);

  const refused = submit.error instanceof ApiError ? submit.error.fields : [];
  const inPayload = [...validate(definition.payloadSchema, payload), ...payloadErrors(refused)];
  const inOptions = [...optionErrors(options), ...refused.filter(({ pointer }) => !pointer.startsWith('/payload'))];
  const ready = syntaxError === null && inPayload.length === 0 && inOptions.length === 0;

  const edit =
    <Value,>(set: (value: Value) => void) =>
    (value: Value) => {
      // What the API refused is another input now.
      if (submit.isError) submit.reset();
      set(value);
    };

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (submit.isPending) return;
    if (!ready) return focusFirstInvalid(form.current);
    submit.mutate(toSubmitInput(definition, payload, options), {
      onSuccess: (task) => {
        toast.success('Task submitted');
        router.push(`/tasks/${task.id}`);
      },
      onError: () => focusFirstInvalid(form.current),
    });
  };

  return (
    <form
      ref={form}
      noValidate
      onSubmit={onSubmit}
      aria-busy={submit.isPending}
      className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]"
    >
      <HydratedFieldset>
        <PayloadEditor
          schema={definition.payloadSchema}
          value={payload}
          errors={inPayload}
          showAll={tried}
          syntaxError={syntaxError}
          onSyntaxError={setSyntaxError}
          onChange={edit(setPayload)}
        />
        <div className="flex flex-col gap-4 lg:sticky lg:top-18">
          <OptionsFields
            definition={definition}
            queues={queues}
            options={options}
            errors={inOptions}
            onChange={edit(setOptions)}
          />
          <Card className="flex flex-col gap-3 px-4 py-4">
            <div className="text-[13px] text-pretty text-muted-foreground" aria-live="polite">
              {describePlan(definition, options).map((sentence) => (
                <p key={sentence}>{sentence}</p>
              ))}
            </div>
            {tried && !ready ? <ErrorSummary errors={[...inPayload, ...inOptions]} syntaxError={syntaxError} /> : null}
            {submit.error && refused.length === 0 ? (
              <Notice tone="error" title={describeError(submit.error).title}>
                {describeError(submit.error).hint}
              </Notice>
            ) : null}
            <Button type="submit" variant="primary" size="lg" disabled={submit.isPending}>
              {submit.isPending ? <Spinner /> : null} Submit task
            </Button>
          </Card>
        </div>
      </HydratedFieldset>
    </form>
  );
}

/** The example over the defaults: every field shows what it will be. */
function startingPayload({ payloadSchema, example }: DefinitionInfo): unknown {
  const start = startingValue(payloadSchema, payloadSchema);
  return isObject(start) && isObject(example) ? { ...start, ...example } : (example ?? start);
}

/** After the errors are on the page. */
function focusFirstInvalid(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
