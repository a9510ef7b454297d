/**
 * A failure that a person can mend. The command prints message and hint on one line and ends; whatever else is
 * thrown is a defect and is printed with its stack. LocalStackError of supabase/local has the same shape.
 */
export class StartProblem extends Error {
  override readonly name = 'StartProblem';
  readonly hint: string;

  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.hint = hint;
  }
}

/** What to print about an error of any kind. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('hint' in error && typeof error.hint === 'string') return `${sentence(error.message)} ${error.hint}`;
  if (error.name === 'ConfigError') return error.message;
  return error.stack ?? error.message;
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
