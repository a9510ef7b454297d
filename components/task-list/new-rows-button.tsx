import { ArrowUp } from 'lucide-react';
import { Button } from '../ui/button.tsx';

/** How many new rows wait, and the way to see them. It takes no room, so that nothing moves when it comes. */
export function NewRowsButton({ count, onShow }: { count: number; onShow(): void }) {
  if (count === 0) return null;
  const show = () => {
    onShow();
    window.scrollTo({ top: 0, behavior: 'smooth' });
  };
  return (
    <div className="sticky top-24 z-20 flex h-0 justify-center">
      <Button variant="primary" size="sm" className="mt-2 rounded-full shadow-float" onClick={show}>
        <ArrowUp className="size-3.5" /> {count} new
      </Button>
    </div>
  );
}
