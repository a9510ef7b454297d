import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';
import { PermanentError } from '#lib/tasks/define';
import { recordedTask } from '../testing/context.ts';
import { sendEmail } from './email.ts';

let server: SMTPServer | undefined;
let mails: { to: string[]; from: string; text: string }[] = [];

async function serve(options: SMTPServerOptions = {}): Promise<void> {
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    async onData(stream, session, callback) {
      const text = Buffer.concat(await stream.toArray()).toString();
      mails.push({
        to: session.envelope.rcptTo.map(({ address }) => address),
        from: session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address,
        text,
      });
      callback();
    },
    ...options,
  });
  // A client that leaves in the middle is part of the tests.
  smtp.on('error', () => undefined);
  await new Promise<void>((resolve) => void smtp.listen(0, '127.0.0.1', resolve));
  server = smtp;
  process.env.SMTP_URL = `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`;
  process.env.SMTP_FROM = 'Taskdeck <tasks@example.com>';
}

const refuse = (responseCode: number) => ({
  onRcptTo: (_address: unknown, _session: unknown, callback: (error?: Error) => void) =>
    callback(Object.assign(new Error('refused'), { responseCode })),
});

afterEach(async () => {
  await new Promise<void>((resolve) => (server ? server.close(resolve) : resolve()));
  server = undefined;
  mails = [];
  delete process.env.SMTP_URL;
  delete process.env.SMTP_FROM;
});

test('delivers one mail with the message, its first line as subject, and an id that is the same on every attempt', async () => {
  await serve();
  const { task } = recordedTask();
  await expect(sendEmail('ada@example.org', 'Report is ready\nHave a look.', task)).resolves.toEqual({
    deliveredTo: 'email',
    address: 'ada@example.org',
    messageId: `<${task.id}@taskdeck>`,
  });
  expect(mails).toHaveLength(1);
  expect(mails[0]).toMatchObject({ to: ['ada@example.org'], from: 'tasks@example.com' });
  expect(mails[0]?.text).toContain('Subject: Report is ready\r\n');
  expect(mails[0]?.text).toContain(`Message-ID: <${task.id}@taskdeck>`);
  expect(mails[0]?.text).toContain('Have a look.');
});

test.each([
  'x\r\nBcc: evil@example.net\r\n\r\nbody',
  'x\rBcc: evil@example.net',
  '\u0000\u001b[31mx',
  'a\u2028Bcc: evil@example.net',
  '.\r\n.\r\nRCPT TO:<evil@example.net>',
])('a hostile message adds no header and no recipient: %j', async (message) => {
  await serve();
  await sendEmail('ada@example.org', message, recordedTask().task);
  expect(mails).toHaveLength(1);
  expect(mails[0]?.to).toEqual(['ada@example.org']);
  const [headers = ''] = mails[0]?.text.split('\r\n\r\n') ?? [];
  expect(headers).not.toMatch(/^bcc:/im);
});

test.each([
  [{}, 'SMTP_URL'],
  [{ SMTP_URL: 'smtp://127.0.0.1:1' }, 'SMTP_FROM'],
])('without its settings %j it fails for good and names %s', async (env, variable) => {
  Object.assign(process.env, env);
  const error: unknown = await sendEmail('ada@example.org', 'x', recordedTask().task).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(PermanentError);
  expect(String(error)).toContain(`${variable} is not set`);
});

test('an SMTP_URL that is none fails for good', async () => {
  Object.assign(process.env, { SMTP_URL: 'mail.example.com:25', SMTP_FROM: 'a@b.de' });
  await expect(sendEmail('ada@example.org', 'x', recordedTask().task)).rejects.toMatchObject({
    name: 'PermanentError',
    message: expect.stringContaining('smtps://'),
  });
});

test('a 5xx reply is for good', async () => {
  await serve(refuse(550));
  await expect(sendEmail('nobody@example.org', 'x', recordedTask().task)).rejects.toThrow(PermanentError);
});

test('a 4xx reply and a server that is away are worth another attempt', async () => {
  await serve(refuse(451));
  await expect(sendEmail('ada@example.org', 'x', recordedTask().task)).rejects.toMatchObject({
    name: 'Error',
    message: expect.stringContaining('451'),
  });
  process.env.SMTP_URL = 'smtp://127.0.0.1:1';
  await expect(sendEmail('ada@example.org', 'x', recordedTask().task)).rejects.toMatchObject({
    name: 'Error',
    message: expect.stringContaining('ESOCKET'),
  });
});

test('a cancel ends the wait for a server that does not answer', async () => {
  await serve({ onRcptTo: () => undefined });
  const { task, abort } = recordedTask();
  const reason = new Error('cancelled');
  setTimeout(() => abort(reason), 100);
  await expect(sendEmail('ada@example.org', 'x', task)).rejects.toBe(reason);
});
