'use client';

import { KeyRound, LogOut } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRef, useState } from 'react';
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

// Loaded when it is first asked for.
const ChangePassword = dynamic(() => import('./change-password.tsx').then((module) => module.ChangePassword), {
  ssr: false,
});

/** Who is signed in, and what they may do about that. */
export function AccountMenu() {
  const { name, role } = useMember();
  const [changing, setChanging] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);

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
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button ref={trigger} variant="ghost" size="icon" aria-label={`Account: ${name}`} className="rounded-full">
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
          <DropdownMenuItem onSelect={() => setChanging(true)}>
            <KeyRound /> Change password
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => void leave()}>
            <LogOut /> Sign out
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      {changing ? <ChangePassword onClose={() => setChanging(false)} returnFocus={trigger} /> : null}
    </>
  );
}
