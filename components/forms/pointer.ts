/** The JSON pointer (RFC 6901) of a member of what `pointer` names. */
export const childPointer = (pointer: string, name: string): string =>
  `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** The names that a JSON pointer is made of, outermost first; none for the whole. */
export const pointerNames = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));

/** The errors of an answer that concern the payload, pointing into it. */
export function payloadErrors<Error extends { pointer: string }>(errors: readonly Error[]): Error[] {
  return errors
    .filter(({ pointer }) => pointer === '/payload' || pointer.startsWith('/payload/'))
    .map((error) => ({ ...error, pointer: error.pointer.slice('/payload'.length) }));
}
