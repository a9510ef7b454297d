import type { LedgerEvent } from '../lab/ledger.ts';

/** For each body that began and never ended, milliseconds until its task's next body began: what a kill cost. */
export function interruptions(ledger: LedgerEvent[]): number[] {
  return [...Map.groupBy(ledger, ({ task }) => task).values()].flatMap((events) => {
    const starts = events.filter(({ ev }) => ev === 'start');
    return starts.flatMap((start, index) => {
      const next = starts[index + 1];
      const ended = events.some(({ fence, ev }) => fence === start.fence && (ev === 'end' || ev === 'fail'));
      const last = events.findLast(({ fence }) => fence === start.fence);
      // An old body that went on beside the new one held nobody up.
      return next && last && !ended && next.mono > last.mono ? [(next.mono - last.mono) / 1e6] : [];
    });
  });
}
