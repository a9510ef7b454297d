import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { Spinner } from '../ui/spinner.tsx';

type SubmitBarProps = {
  pending: boolean;
  /** What will happen, or what is to be corrected first. */
  children: ReactNode;
};

/** The end of the form, in reach wherever the reader is in it: all of it where there is room, on a phone its button. */
export function SubmitBar({ pending, children }: SubmitBarProps) {
  return (
    <div className="contents lg:sticky lg:bottom-4 lg:z-20 lg:flex lg:items-center lg:gap-6 lg:rounded-xl lg:border lg:bg-popover lg:px-4 lg:py-3 lg:shadow-float">
      <div className="min-w-0 flex-1 max-lg:rounded-lg max-lg:border max-lg:bg-card max-lg:px-4 max-lg:py-3 max-lg:shadow-card">
        {children}
      </div>
      <div className="max-lg:sticky max-lg:bottom-3 max-lg:z-20 max-lg:rounded-md max-lg:bg-background max-lg:shadow-float">
        <Button type="submit" variant="primary" size="lg" className="w-full" disabled={pending}>
          {pending ? <Spinner /> : null} Submit task
        </Button>
      </div>
    </div>
  );
}
