'use client';

import { type ReactNode, useId, useState } from 'react';
import type { FieldError } from '#lib/errors';
import type { JsonSchema } from '#lib/tasks/types';
import { FieldMessages } from '../forms/field-messages.tsx';
import { parseJson } from '../forms/parse-json.ts';
import { SchemaForm } from '../forms/schema-form.tsx';
import { Button } from '../ui/button.tsx';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { Notice } from '../ui/notice.tsx';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '../ui/tabs.tsx';
import { Textarea } from '../ui/textarea.tsx';

type PayloadEditorProps = {
  schema: JsonSchema;
  value: unknown;
  errors: FieldError[];
  showAll: boolean;
  /** The JSON view holds text that is not JSON; the value is then the last that was. */
  syntaxError: string | null;
  onSyntaxError(message: string | null): void;
  onChange(value: unknown): void;
  /** What else can be done with the payload, beside the choice of the view. */
  actions?: ReactNode;
};

/** More errors than that are not read. */
const shownErrors = 20;

const textOf = (value: unknown): string => JSON.stringify(value ?? {}, null, 2);

/** One payload, two views: a form and its JSON. */
export function PayloadEditor({
  schema,
  value,
  errors,
  showAll,
  syntaxError,
  onSyntaxError,
  onChange,
  actions,
}: PayloadEditorProps) {
  const [view, setView] = useState('form');
  const [text, setText] = useState('');
  const id = useId();

  const changeView = (next: string) => {
    if (next === 'json' && syntaxError === null) setText(textOf(value));
    setView(next);
  };
  const changeText = (next: string) => {
    setText(next);
    const parsed = parseJson(next);
    onSyntaxError(parsed.ok ? null : parsed.message);
    if (parsed.ok) onChange(parsed.value);
  };
  // Who writes JSON is told at each key: there is no field to leave.
  const jsonMessages = syntaxError === null ? errors.slice(0, shownErrors).map(describe) : [syntaxError];
  const format = () => {
    const parsed = parseJson(text);
    if (parsed.ok) setText(textOf(parsed.value));
  };

  return (
    <Tabs value={view} onValueChange={changeView} asChild>
      <Card>
        <CardHeader>
          <CardTitle>Payload</CardTitle>
          <div className="flex items-center gap-2">
            {actions}
            <TabsList aria-label="How to edit the payload">
              <TabsTrigger value="form">Form</TabsTrigger>
              <TabsTrigger value="json">JSON</TabsTrigger>
            </TabsList>
          </div>
        </CardHeader>
        <TabsContent value="form" className="px-4 py-4">
          {syntaxError === null ? (
            <SchemaForm schema={schema} value={value} errors={errors} showAll={showAll} onChange={onChange} />
          ) : (
            <Notice tone="info" title="The JSON view holds text that is not valid JSON.">
              Correct it there to go on with the form.
            </Notice>
          )}
        </TabsContent>
        <TabsContent value="json" className="flex flex-col gap-1.5 p-4">
          <Textarea
            aria-label="Payload as JSON"
            name="payloadJson"
            spellCheck={false}
            className="min-h-64 font-mono text-xs leading-relaxed"
            value={text}
            aria-invalid={jsonMessages.length > 0 || undefined}
            aria-describedby={`${id}-json`}
            onChange={(event) => changeText(event.target.value)}
          />
          <div className="flex items-start justify-between gap-3">
            <div className="min-w-0 flex-1">
              <FieldMessages id={`${id}-json`} messages={jsonMessages} hint="Fits the task type." />
            </div>
            <Button size="sm" variant="ghost" disabled={syntaxError !== null} onClick={format}>
              Tidy up
            </Button>
          </div>
        </TabsContent>
      </Card>
    </Tabs>
  );
}

const describe = ({ pointer, message }: FieldError): string =>
  pointer === '' ? message : `${pointer.slice(1).replaceAll('/', '.')}: ${message}`;
