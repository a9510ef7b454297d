import { appearanceCookieOf, defaultAppearance, parseAppearance } from './appearance.ts';

const valueOf = (cookie: string): string => cookie.slice(cookie.indexOf('=') + 1, cookie.indexOf(';'));

it('reads back what it has written', () => {
  const chosen = { density: 'compact', times: 'exact', shortcuts: 'off' } as const;
  expect(parseAppearance(valueOf(appearanceCookieOf(chosen)))).toEqual(chosen);
});

it.each([undefined, '', 'density=huge', '"><script>', 'density=compact%', 'times=exact&times=x'])(
  'takes nothing unknown from %s',
  (value) => {
    const { density, times } = parseAppearance(value);
    expect(['comfortable', 'compact']).toContain(density);
    expect(['relative', 'exact']).toContain(times);
  },
);

it('is as by default where nothing is said', () => {
  expect(parseAppearance(undefined)).toEqual(defaultAppearance);
});
