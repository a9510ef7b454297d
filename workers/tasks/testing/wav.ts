export type WavOptions = {
  /** Samples by channel, 1 at full scale; all channels have the same length. */
  channels: number[][];
  sampleRate?: number;
  encoding?: 'pcm' | 'float';
  bitDepth?: number;
  extensible?: boolean;
  /** Chunks before the audio data, as [id, content]. */
  chunks?: [string, Buffer][];
};

/** A chunk with its padding. */
export function chunk(id: string, content: Buffer, declaredSize = content.length): Buffer {
  const header = Buffer.alloc(8);
  header.write(id, 'latin1');
  header.writeUInt32LE(declaredSize, 4);
  return Buffer.concat([header, content, Buffer.alloc(content.length % 2)]);
}

/** A RIFF file of these chunks. */
export function riff(...chunks: Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.from('WAVE'), ...chunks]);
  return chunk('RIFF', body);
}

export type FormatFields = {
  tag?: number;
  channels?: number;
  sampleRate?: number;
  bitDepth?: number;
  blockAlign?: number;
};

/** The content of a format chunk; wrong on request. */
export function formatChunk({
  tag = 1,
  channels = 1,
  sampleRate = 8000,
  bitDepth = 16,
  ...rest
}: FormatFields): Buffer {
  const blockAlign = rest.blockAlign ?? (channels * bitDepth) / 8;
  const content = Buffer.alloc(16);
  content.writeUInt16LE(tag, 0);
  content.writeUInt16LE(channels, 2);
  content.writeUInt32LE(sampleRate, 4);
  content.writeUInt32LE((sampleRate * blockAlign) >>> 0, 8);
  content.writeUInt16LE(blockAlign & 0xffff, 12);
  content.writeUInt16LE(bitDepth, 14);
  return content;
}

/** Writes samples as a WAV file of any format that readWav reads. */
export function makeWav({
  channels,
  sampleRate = 8000,
  encoding = 'pcm',
  bitDepth = 16,
  extensible = false,
  chunks = [],
}: WavOptions): Buffer {
  const tag = encoding === 'pcm' ? 1 : 3;
  const plain = formatChunk({ tag: extensible ? 0xfffe : tag, channels: channels.length, sampleRate, bitDepth });
  const extension = Buffer.from(
    `1600${Buffer.from([bitDepth, 0]).toString('hex')}00000000${Buffer.from([tag, 0]).toString('hex')}000000001000800000aa00389b71`,
    'hex',
  );
  const frames = channels[0]?.length ?? 0;
  const data = Buffer.alloc((frames * channels.length * bitDepth) / 8);
  const write = sampleWriter(data, encoding, bitDepth);
  for (let index = 0; index < frames * channels.length; index += 1)
    write(index, channels[index % channels.length]?.[Math.floor(index / channels.length)] ?? 0);
  return riff(
    chunk('fmt ', extensible ? Buffer.concat([plain, extension]) : plain),
    ...chunks.map(([id, content]) => chunk(id, content)),
    chunk('data', data),
  );
}

function sampleWriter(
  data: Buffer,
  encoding: 'pcm' | 'float',
  bitDepth: number,
): (index: number, value: number) => void {
  const bytes = bitDepth / 8;
  if (encoding === 'float')
    return (index, value) =>
      void (bitDepth === 32 ? data.writeFloatLE(value, index * bytes) : data.writeDoubleLE(value, index * bytes));
  const full = 2 ** (bitDepth - 1);
  const level = (value: number) => Math.max(-full, Math.min(full - 1, Math.round(value * full)));
  return (index, value) =>
    void (bitDepth === 8
      ? data.writeUInt8(level(value) + 128, index)
      : data.writeIntLE(level(value), index * bytes, bytes));
}

/** `seconds` of a sine. */
export const sine = (seconds: number, { amplitude = 1, hertz = 440, sampleRate = 8000 } = {}): number[] =>
  Array.from(
    { length: Math.round(seconds * sampleRate) },
    (_, index) => amplitude * Math.sin((2 * Math.PI * hertz * index) / sampleRate),
  );

/** `seconds` without a sound. */
export const quiet = (seconds: number, sampleRate = 8000): number[] =>
  new Array<number>(Math.round(seconds * sampleRate)).fill(0);
