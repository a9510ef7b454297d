import { checkMediaType } from './media-type.ts';

const wav = Buffer.from('RIFF\x24\0\0\0WAVEfmt ', 'latin1');
const text = Buffer.from('a,b\n1,ü\n');

test.each<[string, string, Buffer, string]>([
  ['audio/wav', 'x', wav, 'audio/wav'],
  ['audio/x-wav', 'x.bin', wav, 'audio/wav'],
  ['AUDIO/WAVE; codecs=1', 'x', wav, 'audio/wav'],
  ['text/csv; charset=utf-8', 'x', text, 'text/csv'],
  ['application/vnd.ms-excel', 'x.csv', text, 'text/csv'],
  ['text/plain', 'x', text, 'text/plain'],
  ['application/json', 'x', Buffer.from('{}'), 'application/json'],
  ['', 'a.b.CSV', text, 'text/csv'],
  ['application/octet-stream', 'x.wav', wav, 'audio/wav'],
])('%j of %j is %s', (declared, name, content, expected) => {
  expect(checkMediaType(declared, name, content)).toBe(expected);
});

test.each<[string, string, Buffer, string]>([
  ['text/html', 'x.csv', text, '/mediaType'],
  ['image/svg+xml', 'x.svg', text, '/mediaType'],
  ['audio/mpeg', 'x.wav', wav, '/mediaType'],
  ['', 'x.exe', text, '/mediaType'],
  ['', 'csv', text, '/mediaType'],
  ['', '', text, '/mediaType'],
  ['__proto__', 'x', text, '/mediaType'],
  ['audio/wav', 'x.wav', text, '/content'],
  ['audio/wav', 'x.wav', Buffer.from('RIFF'), '/content'],
  ['audio/wav', 'x.wav', Buffer.from('ID3\x04 MP3 in disguise'), '/content'],
  ['text/csv', 'x.csv', wav, '/content'],
  ['text/csv', 'x.csv', Buffer.from('\ufeffa,b', 'utf16le'), '/content'],
  ['text/csv', 'x.csv', Buffer.from([0x61, 0xfc]), '/content'],
  ['text/plain', 'x', Buffer.from([0xc0, 0xaf]), '/content'],
  ['text/plain', 'x', Buffer.from([0xed, 0xa0, 0x80]), '/content'],
  ['application/json', 'x', Buffer.from('MZ\x90\0', 'latin1'), '/content'],
])('%j of %j is refused at its field', (declared, name, content, pointer) => {
  expect(() => checkMediaType(declared, name, content)).toThrow(
    expect.objectContaining({ code: 'unsupported_media_type', fields: [{ pointer, message: expect.any(String) }] }),
  );
});
