import { dispatchDue, promoteDue } from '#lib/tasks/index';

/** RELAY: makes due tasks pending and sends what nobody has sent. */
export async function relay(): Promise<boolean> {
  const promoted = await promoteDue();
  const sent = await dispatchDue();
  return promoted + sent > 0;
}
