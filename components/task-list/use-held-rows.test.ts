import { summary } from '../testing/factories.ts';
import { splitHeld } from './use-held-rows.ts';

it('shows everything while nothing is held', () => {
  const rows = [summary()];
  expect(splitHeld(rows, null)).toEqual({ shown: rows, held: 0, lost: 0 });
});

it('holds back what came since', () => {
  const [old, top, fresh] = [summary(), summary(), summary()];
  expect(splitHeld([fresh, top, old], [top, old])).toEqual({ shown: [top, old], held: 1, lost: 0 });
});

it('changes a row in its place', () => {
  const row = summary();
  const changed = { ...row, version: 2 };
  expect(splitHeld([changed], [row]).shown).toEqual([changed]);
});

it('keeps a row in its place that the list has lost', () => {
  const [old, gone, top] = [summary(), summary(), summary()];
  expect(splitHeld([top, old], [top, gone, old])).toEqual({ shown: [top, gone, old], held: 0, lost: 1 });
});

it('shows what was loaded below', () => {
  const [older, old, top] = [summary(), summary(), summary()];
  expect(splitHeld([top, old, older], [top, old])).toEqual({ shown: [top, old, older], held: 0, lost: 0 });
});

it('moves nothing when a burst has replaced all rows', () => {
  const held = [summary(), summary()];
  const fresh = [summary(), summary(), summary()];
  expect(splitHeld(fresh, held)).toEqual({ shown: held, held: 3, lost: 2 });
});
