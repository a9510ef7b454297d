import { durationText, fromLocalTime, parseDuration, toLocalTime } from './field-values.ts';

it.each([
  ['500 ms', '500'],
  ['2s', '2000'],
  ['1.5 m', '90000'],
  ['1 h 30 m', '5400000'],
  ['10', '10000'],
  ['0,5 s', '500'],
])('reads %s as %s ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

it.each(['soon', '5 parsecs', '-3 s', '2 s later', '1..5 s'])('does not read %s', (text) => {
  expect(parseDuration(text)).toBeNull();
});

it.each(['500', '90000', '5400000', ''])('reads back what it wrote: %s', (ms) => {
  const text = durationText(ms);
  expect(text === '' ? '' : parseDuration(text)).toBe(ms);
});

it('keeps a local time to the minute', () => {
  expect(toLocalTime(fromLocalTime('2026-11-21T10:30'))).toBe('2026-11-21T10:30');
});

it('has no time for what is none', () => {
  expect(toLocalTime('yesterday')).toBe('');
  expect(fromLocalTime('')).toBe('');
});
