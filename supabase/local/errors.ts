/**
 * A failure of the local stack that a person can act on: `message` says what happened, `hint` what to do.
 * The supervisor prints both on one line; everything else that is thrown is a defect.
 */
export class LocalStackError extends Error {
  readonly hint: string;

  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LocalStackError';
    this.hint = hint;
  }
}
