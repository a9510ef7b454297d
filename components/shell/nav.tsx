'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '../ui/cn.ts';
import { useMember } from './member.tsx';
import { currentPage, type Page, pagesFor } from './pages.ts';

export function Nav({ onNavigate }: { onNavigate?: () => void }) {
  const current = currentPage(usePathname());
  const { role } = useMember();
  return (
    <nav aria-label="Main">
      <ul className="flex flex-col gap-0.5">
        {pagesFor(role).map((page) => (
          <li key={page.href}>
            <NavLink page={page} current={page === current} onNavigate={onNavigate} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

type NavLinkProps = { page: Page; current: boolean; onNavigate: (() => void) | undefined };

function NavLink({ page: { href, label, icon: Icon }, current, onNavigate }: NavLinkProps) {
  return (
    <Link
      href={href}
      className={cn(
        'flex h-8 items-center gap-2.5 rounded-md px-2 text-[13px] text-muted-foreground transition-colors hover:bg-accent hover:text-foreground',
        current && 'bg-accent font-medium text-foreground',
      )}
      aria-current={current ? 'page' : undefined}
      onClick={onNavigate}
    >
      <Icon aria-hidden className="size-4" /> {label}
    </Link>
  );
}
