import { definition } from '../testing/factories.ts';
import { defaultOptions, describePlan, optionErrors, toSubmitInput } from './options.ts';

const type = definition();
const options = defaultOptions(type);
const plain = (lines: string[]): string => lines.join(' ').replaceAll('\u00a0', ' ');

it('sends nothing that the type already says', () => {
  expect(toSubmitInput(type, { message: 'x' }, options)).toEqual({
    definition: 'sendMessage',
    payload: { message: 'x' },
  });
});

it('sends a delay in milliseconds', () => {
  expect(toSubmitInput(type, {}, { ...options, when: 'delay', delay: '1.5', delayUnit: 'hours' })).toMatchObject({
    delayMs: 5_400_000,
  });
});

it('sends a date in universal time', () => {
  expect(toSubmitInput(type, {}, { ...options, when: 'date', date: '2026-12-01T10:00' }).runAt).toMatch(
    /^2026-12-0\dT\d\d:00:00\.000Z$/,
  );
});

it.each(['', '101', '-101', '1.5', 'x'])('refuses the priority "%s"', (priority) => {
  expect(optionErrors({ ...options, priority })).toMatchObject([{ pointer: '/priority' }]);
});

it.each(['', '-1', '367'])('refuses a delay of "%s" days', (delay) => {
  expect(optionErrors({ ...options, when: 'delay', delay, delayUnit: 'days' })).toMatchObject([
    { pointer: '/delayMs' },
  ]);
});

it('refuses a date that is none', () => {
  expect(optionErrors({ ...options, when: 'date', date: '' })).toMatchObject([{ pointer: '/runAt' }]);
});

it('says in words what will happen', () => {
  expect(plain(describePlan(type, { ...options, when: 'delay' }))).toBe(
    'Starts in 5 m on the queue “default”. Up to 5 attempts, 1 s to 1 m apart, of at most 30 s each.',
  );
});
