import { PermanentError } from '#lib/tasks/define';

const maxColumns = 200;
const maxNameLength = 200;

/**
 * The names of the columns, from the first row.
 *
 * @throws PermanentError when names are missing, doubled or too many, or a required column is not among them.
 */
export function readHeader(fields: string[], required: string[]): string[] {
  const names = fields.map((field) => field.trim());
  if (names.length > maxColumns)
    throw new PermanentError(
      `The file has ${names.length} columns; at most ${maxColumns} can be read. Is the delimiter right?`,
    );

  const unnamed = names.findIndex((name) => name === '' || name.length > maxNameLength);
  if (unnamed !== -1)
    throw new PermanentError(
      `Column ${unnamed + 1} has no name of 1 to ${maxNameLength} characters: the first row names the columns. Is the delimiter right?`,
    );

  const doubled = names.find((name, index) => names.indexOf(name) !== index);
  if (doubled !== undefined)
    throw new PermanentError(`Two columns are named "${doubled}": give each a name of its own.`);

  const missing = required.filter((name) => !names.includes(name));
  if (missing.length > 0)
    throw new PermanentError(
      `The file has no column ${missing.map((name) => `"${name}"`).join(', ')}; it has ${names
        .slice(0, 20)
        .map((name) => `"${name}"`)
        .join(', ')}.`,
    );
  return names;
}
