import type { JsonSchema } from '#lib/tasks/types';
import { Prose } from './prose.tsx';
import { type SchemaLine, schemaLines, type TypePart } from './schema-lines.ts';

/** A schema, field by field; the name of another leads to where that is explained. */
export function SchemaView({ schema, label }: { schema: JsonSchema; label: string }) {
  return (
    <ul aria-label={label} className="divide-y rounded-md border text-[13px]">
      {schemaLines(schema).map((line, index) => (
        // A list of the same lines in the same order every time.
        <SchemaField key={`${line.depth} ${line.name} ${index}`} line={line} />
      ))}
    </ul>
  );
}

const indents = ['pl-3', 'pl-7', 'pl-11', 'pl-15', 'pl-19'];

function SchemaField({ line: { depth, name, optional, type, notes } }: { line: SchemaLine }) {
  return (
    <li className={`py-1.5 pr-3 break-words ${indents[Math.min(depth, indents.length - 1)]}`}>
      <code className="text-xs">
        {name ? <span className="font-medium">{`${name}${optional ? '?' : ''}: `}</span> : null}
        <span className="text-muted-foreground">
          {type.map((part, index) => (
            <TypeText key={`${index} ${typeof part === 'string' ? part : part.ref}`} part={part} />
          ))}
        </span>
      </code>
      {notes.length > 0 ? (
        <p className="text-xs text-muted-foreground">
          <Prose text={notes.join(' · ')} />
        </p>
      ) : null}
    </li>
  );
}

function TypeText({ part }: { part: TypePart }) {
  if (typeof part === 'string') return part;
  return (
    <a href={`#schema-${part.ref}`} className="text-primary underline underline-offset-2 dark:text-ring">
      {part.ref}
    </a>
  );
}
