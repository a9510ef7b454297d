import { TaskdeckError } from '#lib/errors';

const maxLength = 255;

/** Control characters, and those that reorder or hide text: "exe.vaw" must not show as "wav.exe". */
const deceptive = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\u200b-\u200d\u2060\ufeff]/u;

/**
 * The base name of what a browser or a program calls a file, whichever slash it uses.
 *
 * @throws TaskdeckError `invalid` at /name when nothing is left, it is too long, or it holds control or bidi characters.
 */
export function cleanFileName(given: string): string {
  const name = (given.split(/[/\\]/).at(-1) ?? '').normalize('NFC').trim();
  if (name === '' || name === '.' || name === '..') throw refused('The file needs a name, as in "message.wav".');
  if ([...name].length > maxLength) throw refused(`The file name is longer than ${maxLength} characters: shorten it.`);
  if (!name.isWellFormed() || deceptive.test(name))
    throw refused(
      'The file name holds control characters or characters that change the direction of text: rename the file.',
    );
  return name;
}

const refused = (message: string) => new TaskdeckError('invalid', message, { fields: [{ pointer: '/name', message }] });
