/** Preloaded by `node --import`: this process believes that it is CLOCK_SHIFT_MS later. The machine's clock is never touched. */
const shift = Number(process.env['CLOCK_SHIFT_MS'] ?? 0);
const now = Date.now.bind(Date);

class ShiftedDate extends Date {
  constructor(...args: [] | [number | string | Date]) {
    if (args.length === 0) super(now() + shift);
    else super(args[0]);
  }
  static override now(): number {
    return now() + shift;
  }
}

globalThis.Date = ShiftedDate as DateConstructor;
