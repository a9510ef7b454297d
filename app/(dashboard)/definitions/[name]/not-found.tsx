import { SearchX } from 'lucide-react';
import Link from 'next/link';
import { Button } from '#components/ui/button';
import { EmptyState } from '#components/ui/empty-state';

export default function DefinitionNotFound() {
  return (
    <EmptyState
      icon={SearchX}
      title="There is no such task type"
      action={
        <Button asChild>
          <Link href="/definitions">All definitions</Link>
        </Button>
      }
    >
      A worker registers its task types when it starts. This one was never registered, or under another name.
    </EmptyState>
  );
}
