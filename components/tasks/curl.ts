import type { SubmitInput } from '../api/types.ts';

/** Safe between single quotes of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** A call that submits this, for a shell; the API key is for the reader to put in. */
export const submitCurl = (origin: string, input: SubmitInput): string =>
  [
    `curl -X POST ${quoted(`${origin}/api/tasks`)}`,
    `-H "Authorization: Bearer $TASKDECK_API_KEY"`,
    `-H 'Content-Type: application/json'`,
    `-d ${quoted(JSON.stringify(input))}`,
  ].join(' \\\n  ');
