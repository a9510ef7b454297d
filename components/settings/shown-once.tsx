'use client';

import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from '../ui/dialog.tsx';

type ShownOnceProps = {
  title: string;
  /** What it is: "API key". */
  label: string;
  secret: string;
  children: ReactNode;
  onClose(): void;
};

/** A secret that is shown this once; only pressing a button closes it. */
export function ShownOnce({ title, label, secret, children, onClose }: ShownOnceProps) {
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent className="max-w-md" onInteractOutside={(event) => event.preventDefault()}>
        <DialogHeader>
          <DialogTitle>{title}</DialogTitle>
          <DialogDescription>{children}</DialogDescription>
        </DialogHeader>
        <div className="flex items-center gap-2 px-5 py-4">
          <code
            aria-label={label}
            className="min-w-0 flex-1 rounded-md border bg-muted/60 px-2.5 py-2 font-mono text-xs break-all select-all"
          >
            {secret}
          </code>
          <CopyButton text={secret} label={label} className="size-8" />
        </div>
        <div className="flex justify-end border-t bg-muted/30 px-5 py-3">
          <Button variant="primary" onClick={onClose}>
            I have kept it
          </Button>
        </div>
      </DialogContent>
    </Dialog>
  );
}
