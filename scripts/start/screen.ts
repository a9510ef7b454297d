/** What `npm start` says on the terminal: one line a step, plain where there is no terminal. */
const moving = process.stdout.isTTY === true;
const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const running = new Set<string>();
let frame = 0;
let timer: NodeJS.Timeout | undefined;

function draw(): void {
  if (!moving) return;
  process.stdout.write('\r\u001B[K');
  if (running.size === 0) return;
  frame = (frame + 1) % frames.length;
  process.stdout.write(
    `${frames[frame] ?? ''} ${[...running].join(', ')} …`.slice(0, (process.stdout.columns || 80) - 1),
  );
}

/** Prints a line above the moving one. */
export function say(line: string): void {
  if (moving) process.stdout.write('\r\u001B[K');
  console.log(line);
  draw();
}

/**
 * Shows that `title` is being done, and then that it is or why not.
 *
 * @param work returns a remark for the line, if it has one
 */
export async function step(title: string, work: () => Promise<string | void>): Promise<void> {
  const start = performance.now();
  running.add(title);
  if (moving) timer ??= setInterval(draw, 120).unref();
  draw();
  try {
    const remark = await work();
    running.delete(title);
    say(`✓ ${title}${remark ? `: ${remark}` : ''} (${seconds(performance.now() - start)})`);
  } catch (error) {
    running.delete(title);
    say(`✗ ${title}`);
    throw error;
  }
}

/** 1.2 s, 34 s. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 9_950 ? 1 : 0)} s`;
}
