/** A mono 16-bit WAV of `seconds`: a tone, then a second of silence. */
export function wav(seconds = 2, sampleRate = 8_000): Buffer {
  const samples = Math.floor((seconds + 1) * sampleRate);
  const data = Buffer.alloc(samples * 2);
  for (let index = 0; index < seconds * sampleRate; index += 1) {
    data.writeInt16LE(Math.round(16_000 * Math.sin((2 * Math.PI * 440 * index) / sampleRate)), index * 2);
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}
