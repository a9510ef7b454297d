import { z } from 'zod';

/** Where a message goes, told from how `to` is written. */
export type Recipient =
  | { channel: 'inbox' }
  | { channel: 'webhook'; url: string }
  | { channel: 'email'; address: string };

const email = String.raw`[A-Za-z0-9.!#$%&'*+\/=?^_{|}~\-]{1,64}@(?:[A-Za-z0-9\-]{1,63}\.){1,8}[A-Za-z]{2,63}`;
const recipientPattern = new RegExp(String.raw`^(?:inbox|https:\/\/[^\s\/@]{1,255}(?:[\/?#]\S*)?|${email})$`);

/** `to` of a message: the web checks the pattern as well, since it becomes part of the JSON Schema. */
export const recipientSchema = z
  .string()
  .max(2048)
  .regex(recipientPattern, 'write inbox, an https:// URL without user name or password, or one e-mail address')
  .default('inbox')
  .meta({
    title: 'To',
    description: 'inbox, an https:// URL that takes {"text": …} as Slack and Mattermost do, or an e-mail address.',
    examples: ['inbox', 'https://hooks.slack.com/services/…', 'ada@example.com'],
  });

/** Reads what `recipientSchema` let through. */
export function recipientOf(to: string): Recipient {
  if (to === 'inbox') return { channel: 'inbox' };
  return to.startsWith('https://') ? { channel: 'webhook', url: to } : { channel: 'email', address: to };
}
