import { db } from '#lib/db/index';
import { tellCancelled } from '../after-ended.ts';
import { endedColumns, type EndedTask } from '../ended.ts';
import { type SummaryRow, summaryColumns } from '../rows.ts';

const batch = 500;

const expired = { name: 'TaskExpired', message: 'It had not started when its time to live was over.' };

/**
 * Cancels the tasks whose time to live ended before they started. A claim refuses them too.
 * @returns true when there may be more.
 */
export async function expireTasks(): Promise<boolean> {
  const rows = await db()<(SummaryRow & EndedTask)[]>`
    update tasks set state = 'cancelled', finished_at = clock_timestamp(), error = ${JSON.stringify(expired)}::text::jsonb
    where id in (
      select id from tasks
      where expires_at <= clock_timestamp() and attempt = 0 and state in ('pending', 'scheduled', 'blocked', 'paused')
      order by expires_at limit ${batch} for no key update skip locked)
    returning ${summaryColumns()}, ${endedColumns()}`;
  tellCancelled(rows);
  return rows.length === batch;
}
