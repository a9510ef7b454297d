'use client';

import { X } from 'lucide-react';
import { Dialog as DialogPrimitive } from 'radix-ui';
import { type ComponentProps, type RefObject, useRef } from 'react';
import { Button } from './button.tsx';
import { cn } from './cn.ts';

export const Dialog = DialogPrimitive.Root;
export const DialogTrigger = DialogPrimitive.Trigger;

export function DialogOverlay({ className, ...props }: ComponentProps<typeof DialogPrimitive.Overlay>) {
  return (
    <DialogPrimitive.Overlay
      className={cn(
        'fixed inset-0 z-50 bg-black/40 backdrop-blur-[1px] data-[state=closed]:animate-out data-[state=closed]:fade-out-0 data-[state=open]:animate-in data-[state=open]:fade-in-0 dark:bg-black/60',
        className,
      )}
      {...props}
    />
  );
}

/** An element, or what finds it when the time has come. */
export type FocusTarget = RefObject<HTMLElement | null> | (() => HTMLElement | null);

type DialogContentProps = ComponentProps<typeof DialogPrimitive.Content> & {
  /** Where the focus goes when it closes; else to its trigger, or to where the focus was when it opened. */
  returnFocus?: FocusTarget | undefined;
};

export function DialogContent({ className, children, returnFocus, onOpenAutoFocus, ...props }: DialogContentProps) {
  const before = useRef<Element | null>(null);
  const giveBack = (event: Event) => {
    const place = (typeof returnFocus === 'function' ? returnFocus() : returnFocus?.current) ?? before.current;
    // A browser that does not focus a pressed button has it on the body: the trigger is better then.
    if (!(place instanceof HTMLElement) || place === document.body) return;
    event.preventDefault();
    place.focus();
  };

  return (
    <DialogPrimitive.Portal>
      <DialogOverlay />
      <DialogPrimitive.Content
        className={cn(
          'fixed top-[max(1rem,10vh)] left-1/2 z-50 flex max-h-[min(85vh,calc(100dvh-2rem))] w-[calc(100%-1.5rem)] max-w-lg -translate-x-1/2 flex-col overflow-hidden rounded-xl border bg-popover shadow-float duration-150 data-[state=closed]:animate-out data-[state=closed]:fade-out-0 data-[state=closed]:zoom-out-98 data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:zoom-in-98',
          className,
        )}
        onOpenAutoFocus={(event) => {
          before.current = document.activeElement;
          onOpenAutoFocus?.(event);
        }}
        onCloseAutoFocus={giveBack}
        {...props}
      >
        {children}
        <DialogPrimitive.Close asChild>
          <Button
            variant="ghost"
            size="icon-sm"
            className="absolute top-2.5 right-2.5 text-muted-foreground"
            aria-label="Close"
          >
            <X />
          </Button>
        </DialogPrimitive.Close>
      </DialogPrimitive.Content>
    </DialogPrimitive.Portal>
  );
}

export function DialogHeader({ className, ...props }: ComponentProps<'div'>) {
  return <div className={cn('flex flex-col gap-1 border-b py-3.5 pr-12 pl-5', className)} {...props} />;
}

export function DialogTitle({ className, ...props }: ComponentProps<typeof DialogPrimitive.Title>) {
  return <DialogPrimitive.Title className={cn('text-sm font-semibold', className)} {...props} />;
}

export function DialogDescription({ className, ...props }: ComponentProps<typeof DialogPrimitive.Description>) {
  return <DialogPrimitive.Description className={cn('text-[13px] text-muted-foreground', className)} {...props} />;
}
