'use client';

import { useId, useState } from 'react';
import type { FieldError } from '#lib/errors';
import type { JsonSchema } from '#lib/tasks/types';
import { FieldMessages } from '../forms/field-messages.tsx';
import { parseJson } from '../forms/parse-json.ts';
import { SchemaForm } from '../forms/schema-form.tsx';
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
};

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
  const payloadMessages = showAll ? errors.map(describe) : [];
  const jsonMessages = syntaxError === null ? payloadMessages : [syntaxError];

  return (
    <Tabs value={view} onValueChange={changeView} asChild>
      <Card>
        <CardHeader>
          <CardTitle>Payload</CardTitle>
          <TabsList aria-label="How to edit the payload">
            <TabsTrigger value="form">Form</TabsTrigger>
            <TabsTrigger value="json">JSON</TabsTrigger>
          </TabsList>
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
          <FieldMessages id={`${id}-json`} messages={jsonMessages} />
        </TabsContent>
      </Card>
    </Tabs>
  );
}

const describe = ({ pointer, message }: FieldError): string =>
  pointer === '' ? message : `${pointer.slice(1).replaceAll('/', '.')}: ${message}`;
