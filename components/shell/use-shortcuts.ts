'use client';

import { useEffect, useEffectEvent } from 'react';

const typing = 'input, textarea, select, [contenteditable="true"]';
const dialog = '[role="dialog"], [role="alertdialog"]';
const taken = `${dialog}, [role="menu"], [role="listbox"], [role="tablist"]`;

/** Single keys that act anywhere on the page, except while typing or inside a dialog or menu. */
export function useShortcuts(actions: Record<string, () => void>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest(`${typing}, ${taken}`)) return;
    if (document.querySelector(dialog)) return;
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });

  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}
