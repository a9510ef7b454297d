import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, type RenderResult } from '@testing-library/react';
import type { ReactNode } from 'react';
import type { Role } from '#lib/access/types';
import { MemberProvider } from '../shell/member.tsx';
import { ClockProvider } from '../time/clock.tsx';
import { TooltipProvider } from '../ui/tooltip.tsx';

type Options = { role?: Role; queryClient?: QueryClient };

export const newTestClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: { queries: { retry: false, gcTime: Infinity, staleTime: Infinity }, mutations: { retry: false } },
  });

/** Renders with what every page of the dashboard has around it. */
export function renderPage(
  node: ReactNode,
  { role = 'operator', queryClient = newTestClient() }: Options = {},
): RenderResult {
  return render(
    <ClockProvider renderedAt={Date.now()}>
      <MemberProvider member={{ id: '1', name: 'ada@example.com', role }}>
        <QueryClientProvider client={queryClient}>
          <TooltipProvider>{node}</TooltipProvider>
        </QueryClientProvider>
      </MemberProvider>
    </ClockProvider>,
  );
}
