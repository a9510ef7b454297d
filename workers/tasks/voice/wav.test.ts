import fc from 'fast-check';
import { PermanentError } from '#lib/tasks/define';
import { chunk, formatChunk, makeWav, riff } from '../testing/wav.ts';
import type { FormatFields } from '../testing/wav.ts';
import { readWav, sampleReader } from './wav.ts';

const formats = [
  ['pcm', 8],
  ['pcm', 16],
  ['pcm', 24],
  ['pcm', 32],
  ['float', 32],
  ['float', 64],
] as const;

describe.each(formats)('%s %i', (encoding, bitDepth) => {
  test.each([false, true])('every sample keeps its value and place; extensible: %s', (extensible) => {
    const channels = [
      [0, 0.5, -0.5, 0.25],
      [-1, 0, 0.75, -0.25],
    ];
    const wav = readWav(makeWav({ channels, encoding, bitDepth, extensible, sampleRate: 44_100 }));
    expect(wav).toMatchObject({ format: { encoding, bitDepth, channels: 2, sampleRate: 44_100 }, frames: 4 });
    const sample = sampleReader(wav);
    expect(Array.from({ length: 8 }, (_, index) => sample(index))).toEqual([0, -1, 0.5, 0, -0.5, 0.75, 0.25, -0.25]);
  });
});

test('a file may stand anywhere in its buffer', () => {
  const file = makeWav({ channels: [[0.5]] });
  const moved = Buffer.concat([Buffer.from('xyz'), file]).subarray(3);
  expect(sampleReader(readWav(moved))(0)).toBe(0.5);
});

test.each([1, 2, 3, 7])('a foreign chunk of %i bytes is skipped with its padding', (size) => {
  const wav = readWav(
    makeWav({
      channels: [[0.5, -0.5]],
      chunks: [
        ['LIST', Buffer.alloc(size, 0x41)],
        ['bext', Buffer.alloc(size)],
      ],
    }),
  );
  expect(sampleReader(wav)(1)).toBe(-0.5);
});

test('what stands after the audio data does not matter', () => {
  const file = riff(
    chunk('fmt ', formatChunk({})),
    chunk('data', Buffer.alloc(4)),
    chunk('LIST', Buffer.alloc(2), 0xffff_ff00),
  );
  expect(readWav(file).frames).toBe(2);
});

test('a recorder that streams leaves the length open: the rest is audio, without a half frame', () => {
  expect(readWav(riff(chunk('fmt ', formatChunk({})), chunk('data', Buffer.alloc(9), 0xffff_ffff))).frames).toBe(5);
  const mono24 = riff(chunk('fmt ', formatChunk({ bitDepth: 24 })), chunk('data', Buffer.alloc(8), 0xffff_ffff));
  expect(readWav(mono24).frames).toBe(2);
});

const withFormat = (format: FormatFields) => riff(chunk('fmt ', formatChunk(format)), chunk('data', Buffer.alloc(48)));
const foreignGuid = Buffer.concat([
  formatChunk({ tag: 0xfffe }),
  Buffer.from(`1600${'10000000000001'}00${'ff'.repeat(15)}`, 'hex'),
]);

test.each<[string, Buffer, RegExp]>([
  ['nothing', Buffer.alloc(0), /not a WAV file/],
  ['an MP3', Buffer.from('ID3\x04\0\0'), /not a WAV file/],
  ['a big-endian file', Buffer.concat([Buffer.from('RIFX'), withFormat({}).subarray(4)]), /not a WAV file/],
  ['another RIFF form', Buffer.from('RIFF\x04\0\0\0AVI '), /not a WAV file/],
  ['a bare header', Buffer.from('RIFF\x04\0\0\0WAVE'), /no audio data/],
  ['no data chunk', riff(chunk('fmt ', formatChunk({}))), /no audio data/],
  ['an empty data chunk', riff(chunk('fmt ', formatChunk({})), chunk('data', Buffer.alloc(0))), /no audio data/],
  [
    'data before the format',
    riff(chunk('data', Buffer.alloc(4)), chunk('fmt ', formatChunk({}))),
    /format does not stand before/,
  ],
  [
    'a short format',
    riff(chunk('fmt ', Buffer.alloc(14)), chunk('data', Buffer.alloc(4))),
    /14 bytes instead of at least 16/,
  ],
  [
    'a chunk beyond the end',
    riff(chunk('LIST', Buffer.alloc(4), 0x7fff_ffff), chunk('data', Buffer.alloc(4))),
    /"LIST" says it has 2147483647 bytes/,
  ],
  ['a chunk id of control characters', riff(chunk('\x1b[2J', Buffer.alloc(4), 400)), /"\?\[2J"/],
  [
    'data that was cut off',
    riff(chunk('fmt ', formatChunk({})), chunk('data', Buffer.alloc(4), 4000)),
    /4000 bytes of audio, but only 4 are there/,
  ],
  [
    'half a frame',
    riff(chunk('fmt ', formatChunk({ channels: 2 })), chunk('data', Buffer.alloc(6))),
    /no whole number of 4-byte frames/,
  ],
  ['0 channels', withFormat({ channels: 0 }), /0 channels/],
  ['9 channels', withFormat({ channels: 9 }), /9 channels/],
  ['65,535 channels', withFormat({ channels: 65_535 }), /65535 channels/],
  ['0 Hz', withFormat({ sampleRate: 0 }), /sample rate of 0/],
  ['4 GHz', withFormat({ sampleRate: 4_000_000_000 }), /sample rate of 4000000000/],
  ['0 bits', withFormat({ bitDepth: 0 }), /0 bits/],
  ['12 bits', withFormat({ bitDepth: 12, blockAlign: 2 }), /12 bits/],
  ['64-bit PCM', withFormat({ bitDepth: 64 }), /64 bits/],
  ['16-bit float', withFormat({ tag: 3, bitDepth: 16 }), /16 bits/],
  ['frames of the wrong size', withFormat({ blockAlign: 3 }), /frames of 3 bytes/],
  ['µ-law', withFormat({ tag: 7, bitDepth: 8 }), /µ-law; only PCM and float.*ffmpeg/],
  ['an unknown encoding', withFormat({ tag: 0x1234 }), /format 4660/],
  ['an extensible format cut short', withFormat({ tag: 0xfffe }), /16 bytes instead of 40/],
  ['an extensible format of a maker', riff(chunk('fmt ', foreignGuid), chunk('data', Buffer.alloc(4))), /maker’s own/],
])('%s is refused for good, with the reason', (_what, content, message) => {
  expect(() => readWav(content)).toThrow(PermanentError);
  expect(() => readWav(content)).toThrow(message);
});

test('whatever bytes come, they are read or refused for good, never read beyond the end', () => {
  const valid = makeWav({
    channels: [
      [0.1, 0.2, 0.3],
      [0.4, 0.5, 0.6],
    ],
    extensible: true,
    chunks: [['LIST', Buffer.alloc(3)]],
  });
  const mutation = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(mutation, fc.nat(valid.length), (changes, length) => {
      const content = Buffer.from(valid);
      for (const [index, byte] of changes) content[index] = byte;
      try {
        const wav = readWav(content.subarray(0, length));
        sampleReader(wav)(wav.frames * wav.format.channels - 1);
      } catch (error) {
        expect(error).toBeInstanceOf(PermanentError);
      }
    }),
    { numRuns: 3000 },
  );
});
