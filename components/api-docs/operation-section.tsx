import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import type { HttpMethod, Operation } from '#lib/openapi/types';
import { CopyButton } from '../ui/copy-button.tsx';
import { curlExample } from './curl.ts';
import { Prose } from './prose.tsx';
import { SchemaView } from './schema-view.tsx';

type Props = { method: HttpMethod; path: string; operation: Operation };

/** One verb on one path: closed a line, open all about it. */
export function OperationSection({ method, path, operation }: Props) {
  const curl = curlExample(method, path, operation);
  const [status = '', success] = Object.entries(operation.responses).find(([key]) => key.startsWith('2')) ?? [];
  const answer = success && 'content' in success ? Object.entries(success.content ?? {}) : [];
  return (
    <details id={operation.operationId} className="group scroll-mt-16 border-b last:border-b-0">
      <summary className="flex cursor-pointer flex-wrap items-baseline gap-x-3 gap-y-1 px-4 py-2.5 hover:bg-accent">
        <ChevronRight
          aria-hidden
          className="-mr-1.5 size-3.5 shrink-0 self-center text-muted-foreground transition-transform group-open:rotate-90"
        />
        <code className="w-12 text-xs font-semibold uppercase">{method}</code>
        <code className="min-w-0 text-xs break-all">{path}</code>
        <span className="text-[13px] text-muted-foreground">{operation.summary}</span>
        <span className="ml-auto text-xs text-muted-foreground">{operation['x-required-role']}</span>
      </summary>
      <div className="flex flex-col gap-4 px-4 pt-1 pb-5">
        {operation.description ? (
          <p className="max-w-3xl text-[13px]">
            <Prose text={operation.description} />
          </p>
        ) : null}
        <div className="relative">
          <pre className="rounded-md border bg-muted/50 p-3 pr-10 text-xs leading-5 break-words whitespace-pre-wrap">
            {curl}
          </pre>
          <CopyButton text={curl} label="command" className="absolute top-2 right-2" />
        </div>
        <Parameters operation={operation} />
        {Object.entries(operation.requestBody?.content ?? {}).map(([type, { schema }]) => (
          <Part key={type} title={`Body: ${type}`}>
            <SchemaView schema={schema ?? {}} label="Body" />
          </Part>
        ))}
        <Part title={`Answer ${status}${answer[0] ? `: ${answer[0][0]}` : ', empty'}`}>
          {answer[0]?.[1].schema ? <SchemaView schema={answer[0][1].schema} label="Answer" /> : null}
        </Part>
      </div>
    </details>
  );
}

function Parameters({ operation: { parameters } }: { operation: Operation }) {
  if (parameters.length === 0) return null;
  const properties = Object.fromEntries(
    parameters.map(({ name, schema, description }) => [name, { ...schema, ...(description && { description }) }]),
  );
  const required = parameters.filter((parameter) => parameter.required).map(({ name }) => name);
  const places = [...new Set(parameters.map((parameter) => parameter.in))].join(', ');
  return (
    <Part title={`Parameters in ${places}`}>
      <SchemaView schema={{ type: 'object', properties, required }} label="Parameters" />
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-1.5">
      <h3 className="text-xs font-medium text-muted-foreground">{title}</h3>
      {children}
    </section>
  );
}
