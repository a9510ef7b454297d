import { SearchX } from 'lucide-react';
import Link from 'next/link';
import { Button } from '#components/ui/button';
import { EmptyState } from '#components/ui/empty-state';

export default function TaskNotFound() {
  return (
    <EmptyState
      icon={SearchX}
      title="There is no such task"
      action={
        <Button asChild>
          <Link href="/tasks">All tasks</Link>
        </Button>
      }
    >
      Its address may be incomplete, or the task was removed after its time of keeping.
    </EmptyState>
  );
}
