import {
  Braces,
  Layers,
  LayoutDashboard,
  ListChecks,
  type LucideIcon,
  MailWarning,
  PackageOpen,
  PanelsTopLeft,
  ScrollText,
  Server,
  Settings,
} from 'lucide-react';
import { type Role, roleIncludes } from '#lib/access/types';

/** A page that the navigation and the command palette lead to; `goTo` follows `g` on the keyboard. */
export type Page = { href: string; label: string; icon: LucideIcon; needs: Role; goTo?: string };

const pages: Page[] = [
  { href: '/', label: 'Overview', icon: LayoutDashboard, needs: 'viewer', goTo: 'o' },
  { href: '/tasks', label: 'Tasks', icon: ListChecks, needs: 'viewer', goTo: 't' },
  { href: '/dead-letters', label: 'Dead letters', icon: MailWarning, needs: 'viewer', goTo: 'd' },
  { href: '/queues', label: 'Queues', icon: Layers, needs: 'viewer', goTo: 'q' },
  { href: '/workers', label: 'Workers', icon: Server, needs: 'viewer', goTo: 'w' },
  { href: '/definitions', label: 'Definitions', icon: PackageOpen, needs: 'viewer' },
  { href: '/api-docs', label: 'API', icon: Braces, needs: 'viewer' },
  { href: '/queues/board', label: 'Bull Board', icon: PanelsTopLeft, needs: 'admin' },
  { href: '/audit', label: 'Audit log', icon: ScrollText, needs: 'admin', goTo: 'l' },
  { href: '/settings', label: 'Settings', icon: Settings, needs: 'viewer', goTo: 's' },
];

/** The pages that a role may open, in their order. */
export const pagesFor = (role: Role): Page[] => pages.filter(({ needs }) => roleIncludes(role, needs));

/** The page that a path belongs to: the longest address that it begins with. */
export function currentPage(path: string): Page | undefined {
  const holds = ({ href }: Page) => (href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`));
  return pages.filter(holds).sort((a, b) => b.href.length - a.href.length)[0];
}
