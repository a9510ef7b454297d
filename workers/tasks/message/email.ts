import { createTransport } from 'nodemailer';
import { unlessAborted } from '#lib/net/index';
import { PermanentError } from '#lib/tasks/define';
import type { TaskContext } from '#lib/tasks/define';

/**
 * Sends a message by the SMTP server of SMTP_URL (smtps://user:password@host:465) from the address SMTP_FROM.
 *
 * @throws PermanentError when the server is not configured or refuses for good (a 5xx reply).
 */
export async function sendEmail(
  address: string,
  message: string,
  task: TaskContext,
): Promise<{ deliveredTo: 'email'; address: string; messageId: string }> {
  const { url, from } = smtpSettings();
  const transport = createTransport({ url, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 });
  const sending = transport.sendMail({
    from,
    to: { name: '', address },
    subject: subjectOf(message),
    text: message,
    // The same on every attempt, so that a mail server can drop what it has already.
    messageId: `<${task.id}@taskdeck>`,
  });
  try {
    // A mail on its way cannot be called back: after a cancel it may still arrive.
    const { messageId } = await unlessAborted(sending, task.signal);
    return { deliveredTo: 'email', address, messageId };
  } catch (error) {
    task.signal.throwIfAborted();
    throw explained(error);
  } finally {
    transport.close();
  }
}

function smtpSettings(): { url: string; from: string } {
  const { SMTP_URL: url, SMTP_FROM: from } = process.env;
  if (!url || !from) {
    throw new PermanentError(
      `E-mail is not set up here: ${url ? 'SMTP_FROM' : 'SMTP_URL'} is not set. The operator sets SMTP_URL (smtps://user:password@host:465) and SMTP_FROM (tasks@example.com) for the worker.`,
    );
  }
  if (!/^smtps?:\/\/./.test(url))
    throw new PermanentError(
      'E-mail is not set up here: SMTP_URL does not begin with smtp:// or smtps://. The operator corrects it for the worker.',
    );
  return { url, from };
}

/** The first line, short enough for a list of mails. */
function subjectOf(message: string): string {
  const line = (message.trim().split(/[\r\n]/)[0] ?? '').replace(/\p{Cc}/gu, ' ').trim();
  return line === '' ? 'Message from Taskdeck' : [...line].slice(0, 78).join('');
}

function explained(error: unknown): Error {
  const { responseCode, code } = error as { responseCode?: number; code?: string };
  if (responseCode !== undefined && responseCode >= 500) {
    return new PermanentError(
      `The mail server refused the message for good (${responseCode}). Check the address, SMTP_FROM and the login in SMTP_URL.`,
      { cause: error },
    );
  }
  return new Error(`The mail server could not take the message now (${responseCode ?? code ?? 'no code'}).`, {
    cause: error,
  });
}
