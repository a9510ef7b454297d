'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { type Role, roleIncludes } from '#lib/access/types';
import { useMember } from '../shell/member.tsx';
import { cn } from '../ui/cn.ts';

const tabs: { href: string; label: string; needs: Role }[] = [
  { href: '/settings/members', label: 'Members', needs: 'admin' },
  { href: '/settings/keys', label: 'API keys', needs: 'admin' },
  { href: '/settings/retention', label: 'Retention', needs: 'admin' },
  { href: '/settings/appearance', label: 'Appearance', needs: 'viewer' },
];

/** The parts of the settings that the reader may open, each a page of its own. */
export function SettingsTabs() {
  const path = usePathname();
  const { role } = useMember();
  return (
    <nav aria-label="Settings" className="-mb-px overflow-x-auto border-b">
      <ul className="flex gap-4">
        {tabs
          .filter(({ needs }) => roleIncludes(role, needs))
          .map(({ href, label }) => (
            <li key={href}>
              <Link
                href={href}
                aria-current={path === href ? 'page' : undefined}
                className={cn(
                  'inline-flex h-9 items-center border-b-2 border-transparent text-[13px] whitespace-nowrap text-muted-foreground hover:text-foreground',
                  path === href && 'border-primary font-medium text-foreground',
                )}
              >
                {label}
              </Link>
            </li>
          ))}
      </ul>
    </nav>
  );
}
