import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import type { StoredError } from '#lib/tasks/types';
import { CopyButton } from '../ui/copy-button.tsx';
import { filterHref } from './filter.ts';
import { FoldedText } from './folded-text.tsx';
import { isForeignFrame, splitStack } from './stack.ts';
import { visibleText } from './visible-text.ts';

/** However long the chain of causes is, this many are shown. */
const maxCauses = 10;

function chainOf(error: StoredError): StoredError[] {
  const chain: StoredError[] = [];
  for (let at: StoredError | undefined = error; at && chain.length < maxCauses; at = at.cause) chain.push(at);
  return chain;
}

/** What went wrong, what caused it, the stacks on request, and the way to all tasks that failed of it. */
export function ErrorView({ error, fingerprint = null }: { error: StoredError; fingerprint?: string | null }) {
  const [top, ...causes] = chainOf(error);
  if (!top) return null;
  return (
    <div className="flex flex-col gap-2 px-4 py-3 text-[13px]">
      <ErrorPart error={top} />
      {top.retryable === false ? (
        <p className="text-xs text-muted-foreground">The task said that another attempt would be pointless.</p>
      ) : null}
      {causes.length > 0 ? (
        <ol aria-label="Causes" className="flex flex-col gap-2">
          {causes.map((cause, index) => (
            <li key={`${index}-${cause.name}`} className="ml-1 flex flex-col gap-1 border-l-2 pl-3">
              <p className="text-xs text-muted-foreground">caused by</p>
              <ErrorPart error={cause} />
            </li>
          ))}
        </ol>
      ) : null}
      {fingerprint ? (
        <p className="flex items-center gap-1 text-xs text-muted-foreground">
          <Link
            href={filterHref({ fingerprint })}
            prefetch={false}
            className="text-primary hover:underline dark:text-ring"
          >
            All tasks with this cause
          </Link>
          <span className="ml-auto">
            Fingerprint <span className="font-mono">{fingerprint}</span>
          </span>
          <CopyButton text={fingerprint} label="fingerprint" />
        </p>
      ) : null}
    </div>
  );
}

function ErrorPart({ error }: { error: StoredError }) {
  return (
    <>
      <p className="break-words whitespace-pre-wrap">
        <span className="font-mono text-xs font-medium text-destructive">{visibleText(error.name)}</span>{' '}
        <FoldedText text={error.message} />
      </p>
      {error.stack ? <Stack stack={error.stack} /> : null}
    </>
  );
}

function Stack({ stack }: { stack: string }) {
  const { lines, rest } = splitStack(stack);
  return (
    <div className="relative">
      <details className="group rounded-md border bg-muted/40">
        <summary className="flex list-none items-center gap-1 px-2 py-1.5 text-xs text-muted-foreground">
          <ChevronRight aria-hidden className="size-3.5 transition-transform group-open:rotate-90" /> Stack trace
        </summary>
        <pre
          tabIndex={0}
          aria-label="Stack trace"
          className="max-h-80 overflow-auto border-t px-3 py-2 font-mono text-[11px] leading-4"
        >
          {lines.map((line, index) => (
            <span key={index} className={isForeignFrame(line) ? 'text-muted-foreground' : undefined}>
              {visibleText(line)}
              {'\n'}
            </span>
          ))}
          {rest > 0 ? `… ${rest} more lines; copy it to see all` : null}
        </pre>
      </details>
      <CopyButton text={stack} label="stack trace" className="absolute top-0.5 right-2" />
    </div>
  );
}
