/** A failure that a person can mend, told on one line: what happened and what to do. */
export class Problem extends Error {
  constructor(what, advice) {
    super(`${what} ${advice}`);
  }
}
