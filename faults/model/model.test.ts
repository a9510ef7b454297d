import { apply, type ModelTask, orders, possible, submitted } from './model.ts';

const running: ModelTask = { ...submitted, state: 'running', fence: 1, attempt: 1 };

it('claims a pending task of the same gen only', () => {
  expect(apply(submitted, { do: 'claim', stale: false }, submitted)).toEqual(running);
  expect(apply(submitted, { do: 'claim', stale: true }, submitted)).toEqual(submitted);
  expect(apply(running, { do: 'claim', stale: false }, running)).toEqual(running);
});

it('lets two claims at once have one winner', () => {
  const claim = { do: 'claim', stale: false } as const;
  expect(possible(submitted, [claim, claim])).toEqual([running, running]);
});

it('knows that a cancel and a finish at once leave what either order leaves', () => {
  const states = possible(running, [{ do: 'cancel' }, { do: 'finish', stale: false, as: 'retrying' }]).map(
    ({ state }) => state,
  );
  expect(new Set(states)).toEqual(new Set(['cancelled']));
  const completed = possible(running, [{ do: 'cancel' }, { do: 'finish', stale: false, as: 'completed' }]);
  expect(completed.map(({ state, cancelRequested }) => `${state} ${cancelRequested}`)).toEqual([
    'completed true',
    'completed false',
  ]);
});

it('lets a reaper skip a row that another works on', () => {
  const states = possible(running, [{ do: 'reap' }, { do: 'cancel' }]).map(({ state }) => state);
  expect(states).toContain('running');
});

it('names all orders', () => {
  expect(orders([1, 2, 3])).toHaveLength(6);
});
