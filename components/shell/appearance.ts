/**
 * How a person likes the pages, kept in a cookie of their browser, so that the server draws them so at once. The first
 * choice of each is the default.
 */
export const appearanceChoices = {
  density: ['comfortable', 'compact'],
  times: ['relative', 'exact'],
  shortcuts: ['on', 'off'],
} as const;

export type Appearance = { [Name in keyof typeof appearanceChoices]: (typeof appearanceChoices)[Name][number] };

export const defaultAppearance: Appearance = { density: 'comfortable', times: 'relative', shortcuts: 'on' };

export const appearanceCookie = 'taskdeck-appearance';

/** What a cookie's value says; what it does not say, or says wrong, is as by default. */
export function parseAppearance(value: string | undefined): Appearance {
  const said = new URLSearchParams(value ?? '');
  const pick = <Choice extends string>(name: keyof Appearance, choices: readonly [Choice, ...Choice[]]): Choice =>
    choices.find((choice) => choice === said.get(name)) ?? choices[0];
  return {
    density: pick('density', appearanceChoices.density),
    times: pick('times', appearanceChoices.times),
    shortcuts: pick('shortcuts', appearanceChoices.shortcuts),
  };
}

const yearSeconds = 31_536_000;

/** The cookie for `document.cookie`. */
export const appearanceCookieOf = (appearance: Appearance): string =>
  `${appearanceCookie}=${new URLSearchParams(appearance)}; path=/; max-age=${yearSeconds}; samesite=lax`;
