'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import { Button } from './button.tsx';
import { cn } from './cn.ts';

/** Copies `text`; `label` says what it is ("task ID"). */
export function CopyButton({
  text,
  label,
  className,
}: {
  text: string | (() => string);
  label: string;
  className?: string;
}) {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text());
      setCopied(true);
    } catch {
      toast.error('The browser did not allow copying.', { description: 'Select the text and copy it by hand.' });
    }
  };

  return (
    <Button
      variant="ghost"
      size="icon-sm"
      className={cn('size-6 text-muted-foreground', className)}
      aria-label={copied ? `Copied ${label}` : `Copy ${label}`}
      onClick={() => void copy()}
    >
      {copied ? <Check className="size-3.5 text-ok" /> : <Copy className="size-3.5" />}
    </Button>
  );
}
