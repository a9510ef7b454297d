'use client';

import { createContext, type ReactNode, useContext } from 'react';
import { type Role, roleIncludes } from '#lib/access/types';

/** Who is signed in, as far as the page needs to know. */
export type Member = { id: string; name: string; role: Role };

const MemberContext = createContext<Member>({ id: '', name: '', role: 'viewer' });

export function MemberProvider({ member, children }: { member: Member; children: ReactNode }) {
  return <MemberContext value={member}>{children}</MemberContext>;
}

export const useMember = (): Member => useContext(MemberContext);

/** True when the member's role includes what `needed` may do; the API decides, this only hides what it would refuse. */
export const useMay = (needed: Role): boolean => roleIncludes(useMember().role, needed);

/** True when the member may submit, cancel and retry. */
export const useMayAct = (): boolean => useMay('operator');
