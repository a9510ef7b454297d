'use client';

import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { MemberInfo } from '#lib/access/types';
import { keys } from '../api/keys.ts';
import { HydratedFieldset } from '../forms/hydrated-fieldset.tsx';
import { ShownOnce } from '../settings/shown-once.tsx';
import { Button } from '../ui/button.tsx';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { fetchMembers, type MemberChange } from './calls.ts';
import { InviteDialog } from './invite-dialog.tsx';
import { MemberRow } from './member-row.tsx';

/** Who may use this Taskdeck, and as what. */
export function MembersPage({ initial }: { initial: MemberInfo[] }) {
  const [inviting, setInviting] = useState(false);
  const [made, setMade] = useState<MemberChange | null>(null);
  const { data: members } = useQuery({
    queryKey: keys.members(),
    queryFn: ({ signal }) => fetchMembers(signal),
    initialData: initial,
  });
  return (
    <HydratedFieldset>
      <Card>
        <CardHeader>
          <CardTitle>Members</CardTitle>
          <Button onClick={() => setInviting(true)}>
            <UserPlus /> Invite
          </Button>
        </CardHeader>
        <ul aria-label="Members" className="divide-y">
          {members.map((member) => (
            <MemberRow key={member.id} member={member} onPassword={setMade} />
          ))}
        </ul>
      </Card>
      {inviting ? <InviteDialog onClose={() => setInviting(false)} onInvited={setMade} /> : null}
      {made?.password ? (
        <ShownOnce
          title={`Password of ${made.member.email}`}
          label="password"
          secret={made.password}
          onClose={() => setMade(null)}
        >
          It is shown this once. Hand it over yourself: no mail is sent.
        </ShownOnce>
      ) : null}
    </HydratedFieldset>
  );
}
