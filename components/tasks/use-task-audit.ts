'use client';

import { useQuery } from '@tanstack/react-query';
import type { AuditEntry } from '#lib/audit/types';
import { fetchTaskAudit } from '../api/calls.ts';
import { keys } from '../api/keys.ts';

const none: AuditEntry[] = [];

/** What was done to a task, the newest first; empty until it is known. Asked for once, however many parts of the page show it. */
export function useTaskAudit(taskId: string): AuditEntry[] {
  const { data = none } = useQuery({
    queryKey: keys.taskAudit(taskId),
    queryFn: ({ signal }) => fetchTaskAudit(taskId, signal),
  });
  return data;
}
