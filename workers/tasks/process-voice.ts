import { setImmediate as yieldToEvents } from 'node:timers/promises';
import { z } from 'zod';
import { maxFileBytes } from '#lib/files/index';
import { defineTask, PermanentError } from '#lib/tasks/define';
import type { TaskContext } from '#lib/tasks/define';
import { fileField } from './forms/fields.ts';
import { fetchForTask, mayPass } from './http/fetch-for-task.ts';
import { readUpload } from './uploads/read-upload.ts';
import { analyse } from './voice/analyse.ts';
import { readWav } from './voice/wav.ts';

const payload = z
  .strictObject({
    file: fileField({
      title: 'Recording',
      description: 'A WAV file of at most 10 MB: PCM or float, up to 8 channels.',
      accept: 'audio/wav,.wav',
    }).optional(),
    url: z
      .url({ protocol: /^https$/, error: 'a URL begins with https://' })
      .max(2048)
      .optional()
      .meta({ title: 'or its URL', description: 'Where the recording can be downloaded instead.' }),
    silenceDbfs: z
      .number()
      .min(-120)
      .max(0)
      .default(-50)
      .meta({ title: 'Silence below', description: 'Decibels below full scale (dBFS).' }),
    minSilenceSeconds: z
      .number()
      .min(0.05)
      .max(60)
      .default(0.3)
      .meta({ title: 'Shortest silence', description: 'Seconds; shorter pauses are not listed.' }),
  })
  .refine(({ file, url }) => (file === undefined) !== (url === undefined), 'give either a file or a url')
  // The same for readers of the JSON Schema, who do not see the line above.
  .meta({ oneOf: [{ required: ['file'] }, { required: ['url'] }] });

export default defineTask({
  name: 'processVoice',
  title: 'Process voice',
  description:
    'Measures a WAV recording: its length, its peak and loudness, where it is silent, and a waveform to draw.',
  payload,
  retry: { attempts: 3, backoff: { type: 'exponential', delay: 2_000, max: 30_000, jitter: true } },
  timeout: 120_000,
  isolate: true,

  async run({ file, url, silenceDbfs, minSilenceSeconds }, task) {
    const content = url === undefined ? (await readUpload(file ?? '')).content : await download(url, task);
    const wav = readWav(content);
    const { encoding, bitDepth, channels, sampleRate } = wav.format;
    task.log.info(`${bitDepth}-bit ${encoding}, ${channels} channel${channels === 1 ? '' : 's'}, ${sampleRate} Hz`, {
      bytes: content.length,
      frames: wav.frames,
    });

    const analysis = await analyse(wav, {
      silenceDbfs,
      minSilenceSeconds,
      async pause(fraction) {
        task.progress(fraction);
        // Other tasks of this worker, and the cancel signal itself, come in here.
        await yieldToEvents();
        task.signal.throwIfAborted();
      },
    });
    task.progress(1);
    task.log.info(`${analysis.durationSeconds} s, of which ${analysis.silenceSeconds} s silent`, {
      peakDbfs: analysis.peakDbfs,
      rmsDbfs: analysis.rmsDbfs,
    });
    return { format: wav.format, ...analysis };
  },
});

async function download(url: string, task: TaskContext): Promise<Buffer> {
  const { host } = new URL(url);
  task.log.info(`downloading from ${host}`);
  const { status, body } = await fetchForTask(url, {
    maxBytes: maxFileBytes,
    maxRedirects: 3,
    timeoutMs: 60_000,
    signal: task.signal,
  });
  if (status === 200) return body;
  const message = `${host} answered ${status} instead of the recording.`;
  throw mayPass(status) ? new Error(message) : new PermanentError(message);
}
