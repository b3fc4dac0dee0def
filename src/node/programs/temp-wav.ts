import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Lets `write` put a WAV at a path of its own and returns the bytes; nothing stays behind. */
export const withTempWav = async (write: (path: string) => Promise<void>): Promise<Uint8Array> => {
  const folder = await mkdtemp(join(tmpdir(), 'cuebooth-speech-'));
  try {
    const path = join(folder, 'speech.wav');
    await write(path);
    return await readFile(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
