// Bidirectional overrides and isolates, zero-width and control characters: they would reorder or hide what stands beside them.
// Tab, line feed and carriage return stay.
// eslint-disable-next-line no-control-regex
const deceptive = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Text from outside with its invisible characters written out, so that it reads as it is. */
export const visibleText = (text: string): string =>
  text.replace(deceptive, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
