/** Which columns a person likes to see, kept in a cookie of their browser, so that the server draws them so at once. */
export const columnsCookie = 'taskdeck-columns';

const yearSeconds = 31_536_000;

/** The cookie for `document.cookie`. */
export const columnsCookieOf = (ids: string[]): string =>
  `${columnsCookie}=${ids.join('.')}; path=/; max-age=${yearSeconds}; samesite=lax`;

/** The ids that a cookie's value names; undefined when nothing was ever chosen. */
export const parseColumnsCookie = (value: string | undefined): string[] | undefined => value?.split('.');
