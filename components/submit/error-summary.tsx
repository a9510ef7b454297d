import type { FieldError } from '#lib/errors';
import { Notice } from '../ui/notice.tsx';

const shown = 5;

/** What keeps the task from being submitted, with names for what has no field of its own. */
export function ErrorSummary({ errors, syntaxError }: { errors: FieldError[]; syntaxError: string | null }) {
  const lines =
    syntaxError === null ? errors.map(({ pointer, message }) => `${nameOf(pointer)}${message}`) : [syntaxError];
  return (
    <Notice tone="error" title={lines.length === 1 ? 'One thing to correct' : `${lines.length} things to correct`}>
      <ul>
        {lines.slice(0, shown).map((line) => (
          <li key={line}>{line}</li>
        ))}
        {lines.length > shown ? <li>and {lines.length - shown} more</li> : null}
      </ul>
    </Notice>
  );
}

const nameOf = (pointer: string): string => (pointer === '' ? '' : `${pointer.slice(1).replaceAll('/', '.')}: `);
