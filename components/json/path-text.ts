const plain = /^[A-Za-z_$][\w$]*$/;
const index = /^\d+$/;

/** The names in a JSON pointer. */
const namesOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));

/** A place as code has it: `payload.user.tags[0]["odd name"]`. */
export const pathText = (label: string, pointer: string): string =>
  namesOf(pointer).reduce((path, name) => {
    if (plain.test(name)) return `${path}.${name}`;
    return index.test(name) ? `${path}[${name}]` : `${path}[${JSON.stringify(name)}]`;
  }, label);

const longestSearch = 80;

/** What finds the tasks that have this value at this place, in the search of the list; null where it cannot say it. */
export function searchText(label: string, pointer: string, value: unknown): string | null {
  const names = namesOf(pointer);
  if (!['payload', 'result', 'metadata'].includes(label) || names.length === 0) return null;
  if (!names.every((name) => plain.test(name)) || (typeof value === 'object' && value !== null)) return null;
  const text = String(value);
  if (text === '' || text.length > longestSearch || /["\\\n\r]/.test(text)) return null;
  return `${[label, ...names].join('.')}:${/^[\w.@-]+$/.test(text) ? text : `"${text}"`}`;
}
