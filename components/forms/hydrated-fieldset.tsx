'use client';

import type { ReactNode } from 'react';
import { useHydrated } from '../time/clock.tsx';

/** Fields that the server rendered wait until the page listens: what is typed or pressed earlier would be lost. */
export function HydratedFieldset({ children }: { children: ReactNode }) {
  const hydrated = useHydrated();
  return (
    <fieldset disabled={!hydrated} className={hydrated ? 'contents' : 'contents [&_:disabled]:opacity-100'}>
      {children}
    </fieldset>
  );
}
