import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { audioPath, partPath, receiveAudio } from '#engine/takes/store-audio.ts';
import { createFiles } from '#node/files.ts';
import { createNodeHash } from '#node/hash.ts';

async function* body(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array([1, 2, 3]);
}

it('does not give a body the name under which it is adopted before what it cost is on record', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cuebooth-crash-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const files = createFiles(folder);
  const known = Promise.withResolvers<void>();
  const flushed = Promise.withResolvers<void>();
  const passed: string[] = [];
  const checkpoint = (point: string): void => {
    passed.push(point);
    if (point === 'body.flushed') flushed.resolve();
  };
  const received = receiveAudio({ files, hash: createNodeHash(), checkpoint }, 'call', body(), known.promise);
  await flushed.promise;
  expect(await files.size(partPath('call'))).toBe(3);
  expect(await files.size(audioPath('call'))).toBeNull();
  expect(passed).not.toContain('body.naming');
  known.resolve();
  await received;
  expect(await files.size(audioPath('call'))).toBe(3);
});
