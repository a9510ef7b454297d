import { waveformOf } from './waveform.tsx';

it('finds pairs of low and high in a result', () => {
  expect(waveformOf({ waveform: [[-0.5, 0.4]] })).toEqual([[-0.5, 0.4]]);
});

it('draws single heights to both sides', () => {
  expect(waveformOf({ waveform: [0.5] })).toEqual([[-0.5, 0.5]]);
});

it.each([null, [], 'x', {}, { waveform: [] }, { waveform: ['x'] }, { waveform: [[1]] }, { waveform: [Number.NaN] }])(
  'finds none in %j',
  (result) => {
    expect(waveformOf(result)).toBeNull();
  },
);
