import { changesIn, formOf, newQueue } from './settings-form.ts';

const queue = { ...newQueue, globalConcurrency: 50, rateLimit: { max: 100, perMs: 1_500 } };

it('finds no change in an untouched form', () => {
  expect(changesIn(formOf(queue), queue)).toEqual({});
});

it('names only what was changed', () => {
  expect(changesIn({ ...formOf(queue), concurrency: '7', serial: true }, queue)).toEqual({
    concurrency: 7,
    serial: true,
  });
});

it('takes a limit away where its field is emptied', () => {
  expect(changesIn({ ...formOf(queue), globalConcurrency: ' ' }, queue)).toEqual({ globalConcurrency: null });
  expect(changesIn({ ...formOf(queue), rateMax: '', rateSeconds: '' }, queue)).toEqual({ rateLimit: null });
});

it('never takes what is no number for "no limit"', () => {
  expect(changesIn({ ...formOf(queue), globalConcurrency: 'many' }, queue)).toEqual({ globalConcurrency: 'many' });
});

it('writes a rate in milliseconds, and leaves half a rate for the API to refuse', () => {
  expect(changesIn({ ...formOf(queue), rateSeconds: '60' }, queue)).toEqual({ rateLimit: { max: 100, perMs: 60_000 } });
  expect(changesIn({ ...formOf(queue), rateMax: '' }, queue)).toEqual({ rateLimit: { max: null, perMs: 1_500 } });
});
