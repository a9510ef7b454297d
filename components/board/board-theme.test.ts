import { keepBoardTheme } from './board-theme.ts';

function themed(before: string | null): unknown {
  let kept = before;
  keepBoardTheme({ getItem: () => kept, setItem: (_, value) => void (kept = value) }, 'dark');
  return JSON.parse(kept ?? '');
}

it.each([null, 'no JSON', '3', '{"version":1,"state":{"darkMode":false}}', '{"version":2,"state":null}'])(
  'sets the theme over %s',
  (before) => {
    expect(themed(before)).toEqual({ state: { theme: 'dark' }, version: 2 });
  },
);

it('leaves what else the reader has set', () => {
  expect(themed('{"version":2,"state":{"theme":"light","pollingInterval":5}}')).toEqual({
    state: { theme: 'dark', pollingInterval: 5 },
    version: 2,
  });
});
