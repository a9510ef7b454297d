import { visibleText } from '../tasks/visible-text.ts';
import { diffJson, type JsonChange } from './diff.ts';

/** More than a person compares; the rest is counted. */
const shown = 50;
const longestText = 300;

/** What changed from one JSON value to another, place by place. */
export function JsonDiff({ before, after }: { before: unknown; after: unknown }) {
  const changes = diffJson(before, after);
  if (changes.length === 0) return <p className="text-[13px] text-muted-foreground">Nothing changed yet.</p>;
  return (
    <>
      <ul aria-label="Changes" className="divide-y rounded-md border font-mono text-xs leading-5">
        {changes.slice(0, shown).map((change) => (
          <li key={change.path} className="px-3 py-1.5">
            <p className="break-words text-muted-foreground">{change.path ? visibleText(change.path) : 'everything'}</p>
            <Values change={change} />
          </li>
        ))}
      </ul>
      {changes.length > shown ? (
        <p className="mt-1.5 text-xs text-muted-foreground">and {changes.length - shown} more changes</p>
      ) : null}
    </>
  );
}

function Values({ change }: { change: JsonChange }) {
  return (
    <>
      {change.kind === 'added' ? null : (
        <p className="break-words text-destructive">
          <span aria-hidden>− </span>
          <span className="sr-only">before: </span>
          <del className="no-underline">{textOf(change.before)}</del>
        </p>
      )}
      {change.kind === 'removed' ? null : (
        <p className="break-words text-ok">
          <span aria-hidden>+ </span>
          <span className="sr-only">after: </span>
          <ins className="no-underline">{textOf(change.after)}</ins>
        </p>
      )}
    </>
  );
}

function textOf(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > longestText ? `${visibleText(text.slice(0, longestText))} …` : visibleText(text);
}
