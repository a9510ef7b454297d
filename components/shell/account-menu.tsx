'use client';

import { LogOut } from 'lucide-react';
import { toast } from 'sonner';
import { signOut } from '../api/calls.ts';
import { describeError } from '../api/problem.ts';
import { Button } from '../ui/button.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '../ui/dropdown-menu.tsx';
import { useMember } from './member.tsx';

export function AccountMenu() {
  const { name, role } = useMember();

  const leave = async () => {
    try {
      await signOut();
      window.location.assign('/sign-in');
    } catch (error) {
      const { title, hint } = describeError(error);
      toast.error(`You are still signed in. ${title}`, { description: hint });
    }
  };

  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label={`Account: ${name}`} className="rounded-full">
          <span
            aria-hidden
            className="flex size-7 items-center justify-center rounded-full bg-primary/12 text-xs font-semibold text-primary uppercase dark:bg-primary/30 dark:text-foreground"
          >
            {name.slice(0, 1)}
          </span>
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuLabel>
          <span className="block max-w-60 truncate text-[13px] font-medium text-foreground">{name}</span>
          <span className="capitalize">{role}</span>
        </DropdownMenuLabel>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => void leave()}>
          <LogOut /> Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
