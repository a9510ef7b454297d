'use client';

import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { ApiError, describeError } from '../api/problem.ts';
import { Button } from '../ui/button.tsx';
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogHeader,
  DialogTitle,
  type FocusTarget,
} from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';

type FormDialogProps = {
  open: boolean;
  onOpenChange(open: boolean): void;
  title: string;
  description: ReactNode;
  /** The verb on the button that sends the form. */
  action: string;
  /** What the button says that does nothing; where "Cancel" could be taken for the action. */
  dismiss?: string;
  pending: boolean;
  /** Why it was refused. What names a field is shown at the field, by the field. */
  error: unknown;
  onSubmit(): void;
  children: ReactNode;
  className?: string;
  /** Where the focus goes afterwards, for a dialog that a menu opened or whose opener goes. */
  returnFocus?: FocusTarget;
};

/** A form over the page. Its fields are mounted with it, so each opening starts from what is true then. */
export function FormDialog(props: FormDialogProps) {
  const { open, onOpenChange, title, description, action, pending, error, onSubmit, children, className, returnFocus } =
    props;
  const form = useRef<HTMLFormElement>(null);
  const ofTheWhole = error && !(error instanceof ApiError && error.fields.length > 0);

  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!pending) onSubmit();
  };

  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent className={className} returnFocus={returnFocus}>
        <DialogHeader>
          <DialogTitle>{title}</DialogTitle>
          <DialogDescription>{description}</DialogDescription>
        </DialogHeader>
        <form ref={form} noValidate onSubmit={submit} aria-busy={pending} className="flex min-h-0 flex-col">
          <div className="flex flex-col gap-4 overflow-y-auto px-5 py-4">
            {children}
            {ofTheWhole ? (
              <Notice tone="error" title={describeError(error).title}>
                {describeError(error).hint}
              </Notice>
            ) : null}
          </div>
          <div className="flex justify-end gap-2 border-t bg-muted/30 px-5 py-3">
            <Button onClick={() => onOpenChange(false)}>{props.dismiss ?? 'Cancel'}</Button>
            <Button type="submit" variant="primary" disabled={pending}>
              {pending ? <Spinner /> : null} {action}
            </Button>
          </div>
        </form>
      </DialogContent>
    </Dialog>
  );
}
