import { ChevronRight } from 'lucide-react';
import type { StoredError } from '#lib/tasks/types';
import { CopyButton } from '../ui/copy-button.tsx';
import { visibleText } from './visible-text.ts';

/** However long the chain of causes is, this many are shown. */
const maxCauses = 10;

function chainOf(error: StoredError): StoredError[] {
  const chain: StoredError[] = [];
  for (let at: StoredError | undefined = error; at && chain.length < maxCauses; at = at.cause) chain.push(at);
  return chain;
}

/** What went wrong, what caused it, and the stack on request. */
export function ErrorView({ error }: { error: StoredError }) {
  const [top, ...causes] = chainOf(error);
  if (!top) return null;
  return (
    <div className="flex flex-col gap-2 px-4 py-3 text-[13px]">
      <ErrorHead error={top} />
      {top.retryable === false ? (
        <p className="text-xs text-muted-foreground">The task said that another attempt would be pointless.</p>
      ) : null}
      {causes.map((cause, index) => (
        <div key={`${index}-${cause.name}`} className="ml-1 border-l-2 pl-3">
          <p className="text-xs text-muted-foreground">caused by</p>
          <ErrorHead error={cause} />
        </div>
      ))}
      {top.stack ? (
        <div className="relative">
          <details className="group rounded-md border bg-muted/40">
            <summary className="flex list-none items-center gap-1 px-2 py-1.5 text-xs text-muted-foreground">
              <ChevronRight aria-hidden className="size-3.5 transition-transform group-open:rotate-90" /> Stack trace
            </summary>
            <pre className="overflow-x-auto border-t px-3 py-2 font-mono text-[11px] leading-4">
              {visibleText(top.stack)}
            </pre>
          </details>
          <CopyButton text={top.stack} label="stack trace" className="absolute top-0.5 right-2" />
        </div>
      ) : null}
    </div>
  );
}

function ErrorHead({ error }: { error: StoredError }) {
  return (
    <p className="break-words whitespace-pre-wrap">
      <span className="font-mono text-xs font-medium text-destructive">{visibleText(error.name)}</span>{' '}
      {visibleText(error.message)}
    </p>
  );
}
