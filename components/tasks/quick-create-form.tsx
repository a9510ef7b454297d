'use client';

import Link from 'next/link';
import { type FormEvent, useId, useState } from 'react';
import type { DefinitionInfo } from '#lib/tasks/types';
import { ApiError, describeError } from '../api/problem.ts';
import type { TaskRef } from '../api/types.ts';
import { FieldMessages } from '../forms/field-messages.tsx';
import { parseJson } from '../forms/parse-json.ts';
import { validate } from '../forms/validate.ts';
import { Button } from '../ui/button.tsx';
import { Label } from '../ui/label.tsx';
import { Notice } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { Textarea } from '../ui/textarea.tsx';
import { TypeCombobox } from './type-combobox.tsx';
import { useSubmitTask } from './use-submit-task.ts';

type QuickCreateFormProps = { definitions: DefinitionInfo[]; onSubmitted(task: TaskRef): void; onLeave(): void };

const exampleOf = (definition: DefinitionInfo | undefined): string =>
  definition ? JSON.stringify(definition.example ?? {}, null, 2) : '';

export function QuickCreateForm({ definitions, onSubmitted, onLeave }: QuickCreateFormProps) {
  const id = useId();
  const submit = useSubmitTask();
  const [type, setType] = useState('');
  const [typed, setTyped] = useState<string | null>(null);
  const [problems, setProblems] = useState<{ type: string[]; payload: string[] }>({ type: [], payload: [] });
  const definition = definitions.find(({ name }) => name === type);
  // Until the reader writes a payload, the type's example stands in.
  const text = typed ?? exampleOf(definition);

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const found = findProblems(type, text, definitions);
    setProblems(found.problems);
    if (found.problems.type.length + found.problems.payload.length > 0 || submit.isPending) return;
    submit.mutate(
      { definition: type, payload: found.payload },
      { onSuccess: onSubmitted, onError: (error) => setProblems(problemsOf(error)) },
    );
  };

  return (
    <form noValidate onSubmit={onSubmit} className="flex min-h-0 flex-col" aria-busy={submit.isPending}>
      <div className="flex flex-col gap-4 overflow-y-auto px-5 py-4">
        <div className="flex flex-col gap-1.5">
          <Label htmlFor={`${id}-type`}>Task type</Label>
          <TypeCombobox
            id={`${id}-type`}
            value={type}
            definitions={definitions}
            invalid={problems.type.length > 0}
            describedBy={`${id}-type-messages`}
            onChange={setType}
          />
          <FieldMessages id={`${id}-type-messages`} messages={problems.type} hint={definition?.description} />
        </div>
        <div className="flex flex-col gap-1.5">
          <Label htmlFor={`${id}-payload`}>Payload</Label>
          <Textarea
            id={`${id}-payload`}
            name="payload"
            spellCheck={false}
            placeholder="{ }"
            className="max-h-64 min-h-28 font-mono text-xs leading-relaxed"
            value={text}
            aria-invalid={problems.payload.length > 0 || undefined}
            aria-describedby={`${id}-payload-messages`}
            onChange={(event) => setTyped(event.target.value)}
          />
          <FieldMessages id={`${id}-payload-messages`} messages={problems.payload} hint="JSON" />
        </div>
        {submit.error && problems.payload.length === 0 ? (
          <Notice tone="error" title={describeError(submit.error).title}>
            {describeError(submit.error).hint}
          </Notice>
        ) : null}
      </div>
      <div className="flex items-center justify-between gap-2 border-t bg-muted/30 px-5 py-3">
        <Button asChild variant="link" className="px-0">
          <Link
            href={definition ? `/tasks/new?definition=${encodeURIComponent(type)}` : '/tasks/new'}
            onClick={onLeave}
          >
            Form and more options
          </Link>
        </Button>
        <Button type="submit" variant="primary" disabled={submit.isPending}>
          {submit.isPending ? <Spinner /> : null} Submit
        </Button>
      </div>
    </form>
  );
}

function findProblems(type: string, text: string, definitions: DefinitionInfo[]) {
  const problems: { type: string[]; payload: string[] } = { type: [], payload: [] };
  const definition = definitions.find(({ name }) => name === type);
  if (type === '') problems.type.push('Choose a task type.');
  else if (!definition && definitions.length > 0) problems.type.push('No task type has this name.');
  const parsed = parseJson(text);
  if (!parsed.ok) return { problems: { ...problems, payload: [parsed.message] }, payload: undefined };
  if (definition) problems.payload = validate(definition.payloadSchema, parsed.value).map(describeField);
  return { problems, payload: parsed.value };
}

const describeField = ({ pointer, message }: { pointer: string; message: string }): string =>
  pointer === '' ? message : `${pointer.slice(1).replaceAll('/', '.')}: ${message}`;

const problemsOf = (error: Error): { type: string[]; payload: string[] } => ({
  type: [],
  payload: error instanceof ApiError ? error.fields.map(describeField) : [],
});
