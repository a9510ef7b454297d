import { z } from 'zod';
import { deliverToInbox } from '#lib/inbox/index';
import { defineTask } from '#lib/tasks/define';
import { textField } from './forms/fields.ts';
import { sendEmail } from './message/email.ts';
import { recipientOf, recipientSchema } from './message/recipient.ts';
import { postToWebhook } from './message/webhook.ts';

export default defineTask({
  name: 'sendMessage',
  title: 'Send message',
  description: "Delivers a text to the task's own inbox, to a webhook as Slack and Mattermost have them, or by e-mail.",
  payload: z.strictObject({
    message: textField(z.string().min(1).max(4000), { title: 'Message' }),
    to: recipientSchema,
  }),
  example: { message: 'Hello from Taskdeck', to: 'inbox' },
  retry: { attempts: 5, backoff: { type: 'exponential', delay: 1_000, max: 60_000, jitter: true } },
  timeout: 30_000,

  async run({ message, to }, task) {
    const recipient = recipientOf(to);
    task.log.info(`sending to ${recipient.channel}`, { characters: message.length, attempt: task.attempt });
    switch (recipient.channel) {
      case 'inbox':
        // Once a task: should the worker die right after, the next attempt adds no second message.
        await deliverToInbox({ taskId: task.id, message });
        return { deliveredTo: 'inbox' };
      case 'webhook':
        return postToWebhook(recipient.url, message, task);
      case 'email':
        return sendEmail(recipient.address, message, task);
    }
  },
});
