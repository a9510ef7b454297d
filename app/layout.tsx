import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { ThemeProvider } from '#components/shell/theme';
import { Toaster } from '#components/ui/toaster';
import './globals.css';
import { nonce } from './session.ts';

export const metadata: Metadata = {
  title: { default: 'Taskdeck', template: '%s · Taskdeck' },
  description: 'Submit tasks, watch them run.',
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfbfc' },
    { media: '(prefers-color-scheme: dark)', color: '#0e0f13' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <body>
        <ThemeProvider nonce={await nonce()}>
          {children}
          <Toaster />
        </ThemeProvider>
      </body>
    </html>
  );
}
