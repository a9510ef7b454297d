import { summary } from '../testing/factories.ts';
import { splitHeld } from './use-held-rows.ts';

it('shows everything while nothing is held', () => {
  const rows = [summary()];
  expect(splitHeld(rows, null)).toEqual({ shown: rows, held: 0 });
});

it('holds back what is newer than the row that was on top', () => {
  const [old, top, fresh] = [summary(), summary(), summary()];
  expect(splitHeld([fresh, top, old], top)).toEqual({ shown: [top, old], held: 1 });
});

it('shows the new rows when none of the held ones is left', () => {
  const top = summary();
  const fresh = [summary()];
  expect(splitHeld(fresh, top)).toEqual({ shown: fresh, held: 0 });
});

it('holds back also when the row that was on top has gone', () => {
  const [old, top, fresh] = [summary(), summary(), summary()];
  expect(splitHeld([fresh, old], top)).toEqual({ shown: [old], held: 1 });
});
