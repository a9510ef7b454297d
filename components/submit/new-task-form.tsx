'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, lazy, Suspense, useRef, useState } from 'react';
import { toast } from 'sonner';
import type { DefinitionInfo } from '#lib/tasks/types';
import { ApiError, describeError } from '../api/problem.ts';
import type { SubmitInput, SubmitOptions } from '../api/types.ts';
import { HydratedFieldset } from '../forms/hydrated-fieldset.tsx';
import { payloadErrors } from '../forms/pointer.ts';
import { isObject, startingValue } from '../forms/schema.ts';
import { validate } from '../forms/validate.ts';
import { useSubmitTask } from '../tasks/use-submit-task.ts';
import { useHydrated } from '../time/clock.tsx';
import { cn } from '../ui/cn.ts';
import { Notice } from '../ui/notice.tsx';
import { ErrorSummary, payloadProblems } from './error-summary.tsx';
import { optionErrors } from './option-errors.ts';
import { optionLabel } from './option-labels.ts';
import { defaultOptions, fromSubmitOptions, toSubmitInput } from './options.ts';
import { OptionsFields } from './options-fields.tsx';
import { PayloadEditor } from './payload-editor.tsx';
import { SubmitBar } from './submit-bar.tsx';

// The form is there without them.
const PlanText = lazy(async () => ({ default: (await import('./plan-text.tsx')).PlanText }));
const StartFrom = lazy(async () => ({ default: (await import('./start-from.tsx')).StartFrom }));

type NewTaskFormProps = {
  definition: DefinitionInfo;
  queues: string[];
  /** What to start from instead of the example: an earlier task's payload and options. */
  initial?: SubmitInput | undefined;
};

/** The page keeps what gets the focus clear of its header and of the bar at the end of this form. */
const keptInSight = '[html:has(&)]:scroll-pt-18 [html:has(&)]:scroll-pb-20 lg:[html:has(&)]:scroll-pb-48';

/** Submit a task of one type: its payload by form or as JSON, and how it shall run. */
export function NewTaskForm({ definition, queues, initial }: NewTaskFormProps) {
  const router = useRouter();
  const hydrated = useHydrated();
  const submit = useSubmitTask();
  const form = useRef<HTMLFormElement>(null);
  const [payload, setPayload] = useState<unknown>(() => initial?.payload ?? startingPayload(definition));
  const [syntaxError, setSyntaxError] = useState<string | null>(null);
  const [options, setOptions] = useState(() => (initial ? fromSubmitOptions(initial) : defaultOptions));
  const [tried, setTried] = useState(false);
  // The editor keeps text of its own: what comes from elsewhere begins it anew.
  const [source, setSource] = useState(0);

  const refused = submit.error instanceof ApiError ? submit.error.fields : [];
  const inPayload = [...validate(definition.payloadSchema, payload), ...payloadErrors(refused)];
  const inOptions = [...optionErrors(options), ...refused.filter(({ pointer }) => !pointer.startsWith('/payload'))];
  const problems = [
    ...payloadProblems(definition.payloadSchema, inPayload, syntaxError),
    ...inOptions.map(({ pointer, message }) => ({ label: optionLabel(pointer), message })),
  ];
  const ready = problems.length === 0;
  const request = optionErrors(options).length === 0 ? toSubmitInput(definition, payload, options) : null;

  const edit =
    <Value,>(set: (value: Value) => void) =>
    (value: Value) => {
      // What the API refused is another input now.
      if (submit.isError) submit.reset();
      set(value);
    };

  const startFrom = (start: { payload: unknown; options?: SubmitOptions }) => {
    edit(setPayload)(start.payload);
    if (start.options) setOptions(fromSubmitOptions(start.options));
    setSyntaxError(null);
    setTried(false);
    setSource((count) => count + 1);
  };

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (submit.isPending) return;
    if (!ready || !request) return focusFirstInvalid(form.current);
    submit.mutate(request, {
      onSuccess: (task) => {
        toast.success('Task submitted');
        router.push(`/tasks/${task.id}`);
      },
      onError: () => focusFirstInvalid(form.current),
    });
  };

  return (
    <form ref={form} noValidate onSubmit={onSubmit} aria-busy={submit.isPending} className="flex flex-col gap-4">
      <HydratedFieldset>
        <div className={cn('grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]', keptInSight)}>
          <PayloadEditor
            key={source}
            actions={
              hydrated ? (
                <Suspense>
                  <StartFrom
                    definition={definition.name}
                    current={syntaxError === null ? request : null}
                    onStart={startFrom}
                  />
                </Suspense>
              ) : null
            }
            schema={definition.payloadSchema}
            value={payload}
            errors={inPayload}
            showAll={tried}
            syntaxError={syntaxError}
            onSyntaxError={setSyntaxError}
            onChange={edit(setPayload)}
          />
          <OptionsFields
            definition={definition}
            queues={queues}
            options={options}
            errors={inOptions}
            showAll={tried}
            onChange={edit(setOptions)}
          />
        </div>
        <SubmitBar pending={submit.isPending}>
          {tried && !ready ? (
            <ErrorSummary problems={problems} />
          ) : (
            <Suspense>
              <PlanText definition={definition} options={request} />
            </Suspense>
          )}
          {submit.error && refused.length === 0 ? (
            <Notice tone="error" title={describeError(submit.error).title} className="mt-2">
              {describeError(submit.error).hint}
            </Notice>
          ) : null}
        </SubmitBar>
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
  requestAnimationFrame(() => {
    const field = form?.querySelector<HTMLElement>('[aria-invalid="true"]');
    const folded = field?.closest('details');
    if (folded) folded.open = true;
    field?.focus();
  });
}
