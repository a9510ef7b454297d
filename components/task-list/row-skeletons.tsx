import { Card } from '../ui/card.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

/** Where rows will be that are not known yet. They come with a delay: most answers are there before. */
export function RowSkeletons() {
  return (
    <Card
      className="animate-in divide-y delay-150 duration-200 fill-mode-both fade-in"
      aria-busy
      aria-label="Loading tasks"
    >
      {['a', 'b', 'c', 'd', 'e', 'f'].map((row) => (
        <div key={row} className="flex items-center gap-4 px-4 py-3">
          <Skeleton className="h-3.5 w-20" />
          <Skeleton className="h-3.5 flex-1" />
          <Skeleton className="h-3.5 w-16" />
        </div>
      ))}
    </Card>
  );
}
