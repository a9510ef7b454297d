import { Compass } from 'lucide-react';
import Link from 'next/link';
import { Button } from '#components/ui/button';
import { EmptyState } from '#components/ui/empty-state';

export default function NotFound() {
  return (
    <main className="flex min-h-dvh items-center justify-center">
      <EmptyState
        icon={Compass}
        title="There is no such page"
        action={
          <Button asChild>
            <Link href="/">Overview</Link>
          </Button>
        }
      >
        The address may be incomplete or out of date.
      </EmptyState>
    </main>
  );
}
