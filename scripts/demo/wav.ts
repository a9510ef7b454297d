const sampleRate = 16_000;
const headerBytes = 44;

/** A mono recording of someone who hums and pauses, as 16-bit PCM in a WAV file. */
export function wavFile(seconds: number): Buffer {
  const samples = seconds * sampleRate;
  const file = Buffer.alloc(headerBytes + samples * 2);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(sampleRate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(samples * 2, 40);
  for (let index = 0; index < samples; index += 1)
    file.writeInt16LE(Math.round(sample(index / sampleRate) * 32_000), headerBytes + index * 2);
  return file;
}

/** From -1 to 1; silent in every third second. */
function sample(at: number): number {
  if (Math.floor(at) % 3 === 2) return 0;
  return 0.5 * Math.sin(2 * Math.PI * 220 * at) * Math.abs(Math.sin(2 * Math.PI * 1.5 * at));
}
