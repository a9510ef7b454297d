import type { TaskSummary } from '#lib/tasks/types';
import { defaultSort, type TaskFilter } from '../tasks/filter.ts';
import { Button } from '../ui/button.tsx';

type ListEndProps = {
  /** `searching`: none was found so far, and there is more to look through. */
  more: { load(): void; loading: boolean; searching: boolean } | null;
  /** The list is as long as it may be. */
  full: { last: TaskSummary | undefined; sort: string; onNarrow(parts: TaskFilter): void } | null;
};

/** How the list goes on below its last row. */
export function ListEnd({ more, full }: ListEndProps) {
  if (more) {
    return (
      <div className="flex flex-col items-center gap-2">
        {more.searching && !more.loading ? (
          <p className="text-[13px] text-muted-foreground">Nothing among the newest tasks. Older ones may match.</p>
        ) : null}
        <Button disabled={more.loading} onClick={more.load}>
          {more.loading ? 'Loading …' : moreText(more.searching)}
        </Button>
      </div>
    );
  }
  if (!full) return null;
  const { last, sort, onNarrow } = full;
  return (
    <div className="flex flex-wrap items-center justify-center gap-3 text-[13px] text-muted-foreground">
      <p>The list is as long as a page can hold. Narrow it by a filter, or export all of it.</p>
      {last && sort === defaultSort ? (
        <Button onClick={() => onNarrow({ createdBefore: last.createdAt })}>Go on with older tasks</Button>
      ) : null}
    </div>
  );
}

const moreText = (searching: boolean): string => (searching ? 'Search older tasks' : 'Load more');
