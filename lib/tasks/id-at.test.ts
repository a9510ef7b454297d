import { v7 as uuidv7 } from 'uuid';
import { idAt } from './id-at.ts';

test('ids made before are lower, ids made from then on are not', () => {
  const at = new Date('2026-11-21T12:00:00.123Z');
  expect(uuidv7({ msecs: at.getTime() - 1 }) < idAt(at)).toBe(true);
  expect(uuidv7({ msecs: at.getTime() }) >= idAt(at)).toBe(true);
});

test('a time before 1970 is the beginning', () => {
  expect(idAt(new Date('1900-01-01'))).toBe('00000000-0000-7000-8000-000000000000');
});
