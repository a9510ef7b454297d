import type { MemberInfo, Role } from '#lib/access/types';
import { request } from '../api/http.ts';

/** `password` is the one that was made, answered this once. */
export type MemberChange = { member: MemberInfo; password: string | null };

export const fetchMembers = async (signal: AbortSignal): Promise<MemberInfo[]> =>
  (await request<{ members: MemberInfo[] }>('/api/members', { signal })).members;

export const inviteMember = (invitation: { email: string; role: Role; password?: string }): Promise<MemberChange> =>
  request('/api/members', { method: 'POST', body: invitation });

export const updateMember = (id: string, change: { role: Role } | { newPassword: true }): Promise<MemberChange> =>
  request(`/api/members/${encodeURIComponent(id)}`, { method: 'PATCH', body: change });

export const removeMember = (id: string): Promise<void> =>
  request(`/api/members/${encodeURIComponent(id)}`, { method: 'DELETE' });
