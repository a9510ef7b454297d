import { fromLocalField, toLocalField } from './local-time.ts';

it('goes there and back to the second', () => {
  expect(fromLocalField(toLocalField('2026-11-21T10:05:06.000Z'))).toBe('2026-11-21T10:05:06.000Z');
});

it('reads a time with an offset', () => {
  expect(fromLocalField(toLocalField('2026-11-21T12:05:06+02:00'))).toBe('2026-11-21T10:05:06.000Z');
});

it.each(['', 'soon'])('takes "%s" for no time', (text) => {
  expect(toLocalField(text)).toBe('');
  expect(fromLocalField(text)).toBeNull();
});
