import { retentionForm, retentionOf } from './retention-form.ts';

it.each([
  [null, { amount: '', unit: 'days' }],
  [86_400_000, { amount: '1', unit: 'days' }],
  [5_400_000, { amount: '90', unit: 'minutes' }],
  [7_200_000, { amount: '2', unit: 'hours' }],
  [90_500, { amount: String(90_500 / 60_000), unit: 'minutes' }],
])('%s ms stand as %j, and are read back', (ms, form) => {
  expect(retentionForm(ms)).toEqual(form);
  expect(retentionOf(retentionForm(ms))).toBe(ms);
});

it('leaves what is no number for the API to refuse', () => {
  expect(retentionOf({ amount: 'long', unit: 'days' })).toBe('long');
});
