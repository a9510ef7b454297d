import type { FieldError } from '#lib/errors';
import type { JsonSchema } from '#lib/tasks/types';
import { fieldLabel } from '../forms/field-label.ts';
import { Notice } from '../ui/notice.tsx';

const shown = 5;

/** What is to be corrected; the label is what the form calls its field, empty for what concerns none. */
type Problem = { label: string; message: string };

/** What is to be corrected in a payload; while its JSON cannot be read, only that. */
export const payloadProblems = (schema: JsonSchema, errors: FieldError[], syntaxError: string | null): Problem[] =>
  syntaxError === null
    ? errors.map(({ pointer, message }) => ({ label: fieldLabel(schema, pointer), message }))
    : [{ label: '', message: syntaxError }];

/** What keeps the task from being submitted, by the names that the form has for its fields. */
export function ErrorSummary({ problems }: { problems: Problem[] }) {
  const lines = [...new Set(problems.map(({ label, message }) => (label === '' ? message : `${label}: ${message}`)))];
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
