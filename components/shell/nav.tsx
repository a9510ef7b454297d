'use client';

import {
  Braces,
  ExternalLink,
  Layers,
  LayoutDashboard,
  ListChecks,
  type LucideIcon,
  MailWarning,
  PackageOpen,
  PanelsTopLeft,
  Server,
} from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { type Role, roleIncludes } from '#lib/access/types';
import { cn } from '../ui/cn.ts';
import { useMember } from './member.tsx';

type NavItem = {
  href: string;
  label: string;
  icon: LucideIcon;
  needs: Role;
  /** Not a page of this app: a full load. */ external?: boolean;
};

const items: NavItem[] = [
  { href: '/', label: 'Overview', icon: LayoutDashboard, needs: 'viewer' },
  { href: '/tasks', label: 'Tasks', icon: ListChecks, needs: 'viewer' },
  { href: '/dead-letters', label: 'Dead letters', icon: MailWarning, needs: 'viewer' },
  { href: '/queues', label: 'Queues', icon: Layers, needs: 'viewer' },
  { href: '/workers', label: 'Workers', icon: Server, needs: 'viewer' },
  { href: '/definitions', label: 'Definitions', icon: PackageOpen, needs: 'viewer' },
  { href: '/api-docs', label: 'API', icon: Braces, needs: 'viewer' },
  { href: '/board', label: 'Bull Board', icon: PanelsTopLeft, needs: 'admin', external: true },
];

const isCurrent = (href: string, path: string): boolean =>
  href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);

export function Nav({ onNavigate }: { onNavigate?: () => void }) {
  const path = usePathname();
  const { role } = useMember();
  return (
    <nav aria-label="Main">
      <ul className="flex flex-col gap-0.5">
        {items
          .filter((item) => roleIncludes(role, item.needs))
          .map((item) => (
            <li key={item.href}>
              <NavLink item={item} current={isCurrent(item.href, path)} onNavigate={onNavigate} />
            </li>
          ))}
      </ul>
    </nav>
  );
}

function NavLink({
  item,
  current,
  onNavigate,
}: {
  item: NavItem;
  current: boolean;
  onNavigate: (() => void) | undefined;
}) {
  const { href, label, icon: Icon, external } = item;
  const className = cn(
    'flex h-8 items-center gap-2.5 rounded-md px-2 text-[13px] text-muted-foreground transition-colors hover:bg-accent hover:text-foreground',
    current && 'bg-accent font-medium text-foreground',
  );
  if (external) {
    return (
      <a href={href} className={className}>
        <Icon aria-hidden className="size-4" /> {label}{' '}
        <ExternalLink aria-hidden className="ml-auto size-3.5 opacity-60" />
      </a>
    );
  }
  return (
    <Link href={href} className={className} aria-current={current ? 'page' : undefined} onClick={onNavigate}>
      <Icon aria-hidden className="size-4" /> {label}
    </Link>
  );
}
