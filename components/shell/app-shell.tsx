import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { AppearanceProvider } from './appearance-provider.tsx';
import { appearanceCookie, parseAppearance } from './appearance.ts';
import { Frame } from './frame.tsx';

/** What stands around every page of the dashboard, drawn as the reader likes it. */
export async function AppShell({ children }: { children: ReactNode }) {
  const appearance = parseAppearance((await cookies()).get(appearanceCookie)?.value);
  return (
    <AppearanceProvider initial={appearance}>
      <Frame>{children}</Frame>
    </AppearanceProvider>
  );
}
