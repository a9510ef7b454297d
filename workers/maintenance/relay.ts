import { dispatchDue, promoteDue, recoverWipe } from '#lib/tasks/index';

/** RELAY: makes due tasks pending and sends what nobody has sent, or what a wiped Redis has lost. */
export async function relay(): Promise<boolean> {
  const promoted = await promoteDue();
  await recoverWipe();
  const sent = await dispatchDue();
  return promoted + sent > 0;
}
