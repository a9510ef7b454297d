/** Column names for the eye; each row names its own parts for a screen reader. */
export function TaskListHeader() {
  return (
    <div
      aria-hidden
      className="grid grid-cols-[7rem_minmax(0,1fr)_7rem_4.5rem_4.5rem_5rem] gap-x-3 rounded-t-lg border-b bg-muted/40 px-4 py-1.5 text-xs text-muted-foreground max-md:hidden"
    >
      <span>State</span>
      <span>Task</span>
      <span>Queue</span>
      <span className="text-right">Attempt</span>
      <span className="text-right">Ran</span>
      <span className="text-right">Created</span>
    </div>
  );
}
