'use client';

import { createContext, type ReactNode, useContext, useState } from 'react';
import { type Appearance, appearanceCookieOf, defaultAppearance } from './appearance.ts';

type Choice = { appearance: Appearance; change(part: Partial<Appearance>): void };

const AppearanceContext = createContext<Choice>({ appearance: defaultAppearance, change: () => undefined });

/** `initial` is what the cookie said when the server drew the page. */
export function AppearanceProvider({ initial, children }: { initial: Appearance; children: ReactNode }) {
  const [appearance, setAppearance] = useState(initial);
  const change = (part: Partial<Appearance>) => {
    const next = { ...appearance, ...part };
    document.cookie = appearanceCookieOf(next);
    setAppearance(next);
  };
  return <AppearanceContext value={{ appearance, change }}>{children}</AppearanceContext>;
}

export const useAppearance = (): Appearance => useContext(AppearanceContext).appearance;
export const useChangeAppearance = (): Choice['change'] => useContext(AppearanceContext).change;
