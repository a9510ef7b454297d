const maxLines = 200;
const maxLineLength = 500;

/** The lines of a stack as far as they are drawn, and how many are not. */
export function splitStack(stack: string): { lines: string[]; rest: number } {
  const all = stack.split('\n');
  return {
    lines: all
      .slice(0, maxLines)
      .map((line) => (line.length > maxLineLength ? `${line.slice(0, maxLineLength)} …` : line)),
    rest: Math.max(0, all.length - maxLines),
  };
}

/** True for a frame in a library or in Node itself: where the fault seldom is. */
export const isForeignFrame = (line: string): boolean => /^\s*at .*(node_modules|node:|<anonymous>)/.test(line);
