import type { JsonSchema } from '#lib/tasks/types';
import { visibleText } from '../tasks/visible-text.ts';
import { type SchemaRow, schemaRows } from './schema-rows.ts';

/** What a payload may hold, field by field. */
export function SchemaTable({ schema }: { schema: JsonSchema }) {
  const rows = schemaRows(schema);
  if (rows.length === 0)
    return <p className="px-4 py-3 text-[13px] text-muted-foreground">The payload has no fields.</p>;
  return (
    <table className="w-full table-fixed text-[13px]">
      <thead className="text-xs text-muted-foreground">
        <tr className="[&>th]:px-4 [&>th]:pt-2 [&>th]:pb-1 [&>th]:text-left [&>th]:font-normal">
          <th scope="col" className="w-2/5">
            Field
          </th>
          <th scope="col">What it holds</th>
        </tr>
      </thead>
      <tbody className="divide-y">
        {rows.map((row) => (
          <FieldRow key={row.path} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function FieldRow({ row }: { row: SchemaRow }) {
  return (
    <tr className="align-top">
      <th scope="row" className="px-4 py-2 text-left font-normal">
        <span className="block font-mono text-xs break-words">{visibleText(row.path)}</span>
        <span className="text-xs text-muted-foreground">{row.required ? 'required' : 'optional'}</span>
      </th>
      <td className="px-4 py-2 break-words">
        <p>
          {visibleText(row.type)}
          {row.limits.length > 0 ? <span className="text-muted-foreground"> · {row.limits.join(' · ')}</span> : null}
        </p>
        {row.description ? <p className="text-muted-foreground">{visibleText(row.description)}</p> : null}
      </td>
    </tr>
  );
}
