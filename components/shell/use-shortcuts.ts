'use client';

import { useEffect, useEffectEvent } from 'react';
import { useAppearance } from './appearance-provider.tsx';
import { addShortcuts, type Shortcuts } from './shortcuts.ts';

/**
 * Keys that act anywhere on the page, except while typing or inside a dialog or menu. With `fallback` they give way to
 * another component that has the same key.
 */
export function useShortcuts(shortcuts: Shortcuts, { fallback = false }: { fallback?: boolean } = {}): void {
  const { shortcuts: wanted } = useAppearance();
  const current = useEffectEvent(() => shortcuts);
  const characters = useEffectEvent(() => wanted === 'on');

  useEffect(() => addShortcuts({ shortcuts: () => current(), characters: () => characters(), fallback }), [fallback]);
}
