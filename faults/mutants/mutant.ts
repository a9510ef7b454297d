/** A guard of the product, taken away: the faults named must notice. */
export type Mutant = {
  guard: string;
  file: string;
  /** Stands in the file exactly once. */
  from: string;
  to: string;
  /** Faults that are run against it. */
  faults: string;
  /** What they must complain of: anything else, like a process that does not start, is no proof. */
  complaint: RegExp;
  fullOnly?: boolean;
};
