/** The head of an arrow, for `markerEnd="url(#id)"` of lines in the same SVG. */
export function ArrowHead({ id }: { id: string }) {
  return (
    <defs>
      <marker id={id} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
        <path d="M0 0L8 4L0 8z" className="fill-muted-foreground" />
      </marker>
    </defs>
  );
}
