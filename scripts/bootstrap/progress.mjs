const everySeconds = 15;

/** Says on the screen that something long goes on: a moving line on a terminal, a line now and then elsewhere. */
export function progress(title) {
  const start = Date.now();
  const seconds = () => Math.round((Date.now() - start) / 1000);
  const moving = process.stdout.isTTY === true;
  if (moving) process.stdout.write(`  ${title} …`);
  else console.log(`  ${title} …`);
  const timer = setInterval(
    () => (moving ? process.stdout.write(`\r  ${title} … ${seconds()} s`) : console.log(`  ${title} … ${seconds()} s`)),
    moving ? 1_000 : everySeconds * 1_000,
  );
  return {
    end(ok) {
      clearInterval(timer);
      if (moving) process.stdout.write('\r\u001B[K');
      console.log(`${ok ? '✓' : '✗'} ${title} (${seconds()} s)`);
    },
  };
}
