'use client';

import { useTheme } from 'next-themes';
import { Toaster as Sonner } from 'sonner';

export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      style={{ fontFamily: 'inherit' }}
      toastOptions={{ className: '!rounded-lg !border-border !bg-popover !text-foreground !shadow-float !text-[13px]' }}
    />
  );
}
