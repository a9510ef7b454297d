'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis } from 'lucide-react';
import { useRef, useState } from 'react';
import { toast } from 'sonner';
import type { MemberInfo, Role } from '#lib/access/types';
import { keys } from '../api/keys.ts';
import { toastRefusal } from '../api/toast-refusal.ts';
import { RoleSelect } from '../settings/role-select.tsx';
import { useMember } from '../shell/member.tsx';
import { RelativeTime } from '../time/relative-time.tsx';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from '../ui/dropdown-menu.tsx';
import { type MemberChange, removeMember, updateMember } from './calls.ts';

type MemberRowProps = { member: MemberInfo; onPassword(made: MemberChange): void };

/** One member; an admin changes the others, not themselves. */
export function MemberRow({ member, onPassword }: MemberRowProps) {
  const isSelf = useMember().id === member.id;
  const role = useChange(`The role of ${member.email} was not changed.`, (role: Role) =>
    updateMember(member.id, { role }),
  );
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5 text-[13px]">
      <p className="min-w-0 flex-1 basis-56">
        <span className="block truncate font-medium">
          {member.email} {isSelf ? <span className="font-normal text-muted-foreground">(you)</span> : null}
        </span>
        <span className="text-xs text-muted-foreground">
          joined <RelativeTime at={member.createdAt} />
        </span>
      </p>
      {isSelf ? (
        <span className="px-2.5">{member.role}</span>
      ) : (
        <>
          <RoleSelect
            aria-label={`Role of ${member.email}`}
            className="w-32"
            value={role.isPending ? role.variables : member.role}
            disabled={role.isPending}
            onChange={role.mutate}
          />
          <MemberMenu member={member} onPassword={onPassword} />
        </>
      )}
    </li>
  );
}

function MemberMenu({ member, onPassword }: MemberRowProps) {
  const [asking, setAsking] = useState<'remove' | 'password' | null>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const close = () => setAsking(null);
  const remove = useChange(`${member.email} was not removed.`, () => removeMember(member.id));
  const renew = useChange('No password was made.', () => updateMember(member.id, { newPassword: true }));
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button ref={trigger} variant="ghost" size="icon" aria-label={`Actions for ${member.email}`}>
            <Ellipsis />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={() => setAsking('password')}>Make a new password</DropdownMenuItem>
          <DropdownMenuItem onSelect={() => setAsking('remove')}>Remove</DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <ConfirmDialog
        open={asking === 'password'}
        onOpenChange={close}
        title={`Make a new password for ${member.email}?`}
        action="Make it"
        pending={renew.isPending}
        onConfirm={() => renew.mutate(undefined, { onSuccess: onPassword, onSettled: close })}
        returnFocus={trigger}
      >
        The one they have stops working at once. The new one is shown to you, once.
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'remove'}
        onOpenChange={close}
        title={`Remove ${member.email}?`}
        action="Remove"
        pending={remove.isPending}
        onConfirm={() =>
          remove.mutate(undefined, {
            onSuccess: () => toast.success(`${member.email} is no longer a member.`),
            onSettled: close,
          })
        }
        returnFocus={trigger}
      >
        They lose access at once. API keys that they made go on working: revoke those under API keys.
      </ConfirmDialog>
    </>
  );
}

/** One change of a member; the list is asked anew after it, and a refusal is told. */
function useChange<Input, Answer>(notDone: string, change: (input: Input) => Promise<Answer>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onError: (error) => toastRefusal(notDone, error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.members() }),
  });
}
