import type { ReactNode } from 'react';
import { LiveProvider } from '#components/live/live-provider';
import { AppShell } from '#components/shell/app-shell';
import { MemberProvider } from '#components/shell/member';
import { Providers } from '#components/shell/providers';
import { ClockProvider } from '#components/time/clock';
import { requireMember, supabaseForBrowser } from '../session.ts';

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const actor = await requireMember();
  const supabase = await supabaseForBrowser();
  const member = { id: actor.id, name: actor.kind === 'user' ? actor.email : actor.name, role: actor.role };
  return (
    <ClockProvider renderedAt={Date.now()}>
      <MemberProvider member={member}>
        <Providers>
          <LiveProvider {...supabase}>
            <AppShell>{children}</AppShell>
          </LiveProvider>
        </Providers>
      </MemberProvider>
    </ClockProvider>
  );
}
