import { waveformOf } from './waveform.tsx';

it('finds the peaks in a result', () => {
  expect(waveformOf({ waveform: [0, 0.5, 1] })).toEqual([0, 0.5, 1]);
});

it.each([null, [], 'x', {}, { waveform: [] }, { waveform: ['x'] }, { waveform: [Number.NaN] }])(
  'finds none in %j',
  (result) => {
    expect(waveformOf(result)).toBeNull();
  },
);
