import { PermanentError } from '#lib/tasks/define';

export type WavFormat = { encoding: 'pcm' | 'float'; bitDepth: number; channels: number; sampleRate: number };

/** A WAV file whose header was checked: `samples` holds `frames` × `channels` interleaved samples, little-endian. */
export type Wav = { format: WavFormat; frames: number; samples: DataView };

/** The last 14 bytes of a SubFormat GUID that only stands for a format tag. */
const guidTail = '000000001000800000aa00389b71';

const compressed: Record<number, string> = {
  0x02: 'ADPCM',
  0x06: 'A-law',
  0x07: 'µ-law',
  0x11: 'IMA ADPCM',
  0x31: 'GSM',
  0x50: 'MPEG',
  0x55: 'MP3',
  0xff: 'AAC',
};

/** What a recorder writes that streams and does not know the length yet. */
const unknownLength = 0xffff_ffff;

/**
 * Reads the header of a WAV file: PCM of 8, 16, 24 or 32 bits or IEEE float of 32 or 64, plain or extensible,
 * 1 to 8 channels. Chunks that are neither format nor data are skipped.
 *
 * @throws PermanentError saying what is damaged or not supported.
 */
export function readWav(content: Buffer): Wav {
  const form = `${content.toString('latin1', 0, 4)} ${content.toString('latin1', 8, 12)}`;
  if (form !== 'RIFF WAVE') throw new PermanentError('This is not a WAV file: it does not begin with RIFF … WAVE.');

  let format: WavFormat | undefined;
  for (let offset = 12; offset + 8 <= content.length;) {
    const id = content.toString('latin1', offset, offset + 4);
    const size = content.readUInt32LE(offset + 4);
    const start = offset + 8;
    if (id === 'data') return withSamples(format, content, start, size);
    if (start + size > content.length)
      throw damaged(
        `the chunk "${printable(id)}" says it has ${size} bytes, but only ${content.length - start} are left`,
      );
    if (id === 'fmt ') format = readFormat(content.subarray(start, start + size));
    // Chunks begin at even offsets.
    offset = start + size + (size % 2);
  }
  throw damaged('it holds no audio data');
}

function withSamples(format: WavFormat | undefined, content: Buffer, start: number, declaredSize: number): Wav {
  if (!format) throw damaged('the format does not stand before the audio data');
  const left = content.length - start;
  const frameBytes = (format.bitDepth / 8) * format.channels;
  const streamed = declaredSize === unknownLength;
  const size = streamed ? left - (left % frameBytes) : declaredSize;
  if (size > left)
    throw damaged(
      `it says it has ${size} bytes of audio, but only ${left} are there; perhaps the upload or the recording was cut off`,
    );
  if (size % frameBytes !== 0)
    throw damaged(`its ${size} bytes of audio are no whole number of ${frameBytes}-byte frames`);
  if (size === 0) throw damaged('it holds no audio data');
  return { format, frames: size / frameBytes, samples: new DataView(content.buffer, content.byteOffset + start, size) };
}

function readFormat(chunk: Buffer): WavFormat {
  if (chunk.length < 16) throw damaged(`its format has ${chunk.length} bytes instead of at least 16`);
  const tag = chunk.readUInt16LE(0) === 0xfffe ? subFormat(chunk) : chunk.readUInt16LE(0);
  const channels = chunk.readUInt16LE(2);
  const sampleRate = chunk.readUInt32LE(4);
  const blockAlign = chunk.readUInt16LE(12);
  const bitDepth = chunk.readUInt16LE(14);

  if (tag !== 1 && tag !== 3) {
    throw new PermanentError(
      `The audio is encoded as ${compressed[tag] ?? `format ${tag}`}; only PCM and float can be read. Convert it, as with: ffmpeg -i in.wav -c:a pcm_s16le out.wav`,
    );
  }
  const encoding = tag === 1 ? 'pcm' : 'float';
  const depths = encoding === 'pcm' ? [8, 16, 24, 32] : [32, 64];
  if (!depths.includes(bitDepth))
    throw damaged(`${bitDepth} bits a sample are not possible; ${encoding} has ${depths.join(', ')}`);
  if (channels < 1 || channels > 8) throw damaged(`it says it has ${channels} channels; 1 to 8 can be read`);
  if (sampleRate < 1 || sampleRate > 768_000) throw damaged(`a sample rate of ${sampleRate} Hz is not possible`);
  if (blockAlign !== (bitDepth / 8) * channels)
    throw damaged(`frames of ${blockAlign} bytes do not fit ${channels} × ${bitDepth} bits`);
  return { encoding, bitDepth, channels, sampleRate };
}

/** WAVE_FORMAT_EXTENSIBLE keeps its format tag at the start of a GUID. */
function subFormat(chunk: Buffer): number {
  if (chunk.length < 40) throw damaged(`its extensible format has ${chunk.length} bytes instead of 40`);
  if (chunk.toString('hex', 26, 40) !== guidTail)
    throw new PermanentError('The audio has an encoding of its maker’s own; only PCM and float can be read.');
  return chunk.readUInt16LE(24);
}

const damaged = (what: string) => new PermanentError(`The WAV file cannot be read: ${what}.`);

const printable = (id: string): string => id.replace(/[^\x20-\x7e]/g, '?');

/** Reads sample `index` of the interleaved samples, as a number that is 1 at full scale. */
export function sampleReader({ format: { encoding, bitDepth }, samples }: Wav): (index: number) => number {
  switch (`${encoding}${bitDepth}`) {
    case 'pcm8':
      return (index) => (samples.getUint8(index) - 128) / 128;
    case 'pcm16':
      return (index) => samples.getInt16(index * 2, true) / 0x8000;
    case 'pcm24':
      return (index) => (samples.getUint16(index * 3, true) + samples.getInt8(index * 3 + 2) * 0x1_0000) / 0x80_0000;
    case 'pcm32':
      return (index) => samples.getInt32(index * 4, true) / 0x8000_0000;
    case 'float32':
      return (index) => samples.getFloat32(index * 4, true);
    default:
      return (index) => samples.getFloat64(index * 8, true);
  }
}
