/** Something that is not as it should be. */
export type Finding = {
  /** What, how often, and an example: one line. */
  problem: string;
  /** What a person can do, where the doctor cannot. */
  advice: string;
  /** Mends it and says what was done. Safe to run while the system works, and twice. */
  repair?: () => Promise<string>;
};

/** One question to the system. Reads only, and never everything: what a check looks at is bounded. */
export type Check = () => Promise<Finding[]>;

/** "3 tasks", and an example where there is one. */
export function several(count: number, noun: string, example?: string): string {
  const what = `${count} ${noun}${count === 1 ? '' : 's'}`;
  return example === undefined ? what : `${what} (as ${example})`;
}
