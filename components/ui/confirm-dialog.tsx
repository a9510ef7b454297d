'use client';

import type { ReactNode, RefObject } from 'react';
import { Button } from './button.tsx';
import { Dialog, DialogContent, DialogDescription, DialogTitle } from './dialog.tsx';
import { Spinner } from './spinner.tsx';

type ConfirmDialogProps = {
  open: boolean;
  onOpenChange(open: boolean): void;
  title: string;
  /** What will happen, in plain words. */
  children: ReactNode;
  /** The verb on the button that does it. */
  action: string;
  pending: boolean;
  onConfirm(): void;
  /** Where the focus goes afterwards, for a dialog that a menu opened. */
  returnFocus?: RefObject<HTMLElement | null>;
};

/** Asks before work ends or is thrown away. Not doing it comes first, so it has the focus. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onOpenChange, title, children, action, pending, onConfirm, returnFocus } = props;
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent role="alertdialog" returnFocus={returnFocus} className="max-w-md">
        <div className="flex flex-col gap-2 py-4 pr-12 pl-5">
          <DialogTitle>{title}</DialogTitle>
          <DialogDescription asChild>
            <div className="text-[13px] text-pretty text-muted-foreground">{children}</div>
          </DialogDescription>
        </div>
        <div className="flex justify-end gap-2 border-t bg-muted/30 px-5 py-3">
          <Button onClick={() => onOpenChange(false)}>Keep as it is</Button>
          <Button variant="destructive" disabled={pending} onClick={onConfirm}>
            {pending ? <Spinner /> : null} {action}
          </Button>
        </div>
      </DialogContent>
    </Dialog>
  );
}
