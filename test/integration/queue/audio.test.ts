/** What is done with audio that is not what it should be: fetched again for nothing, kept, reported, never dropped. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { endAll, jobsOf, openGated, openHolds, openScene, order, texts } from './setup.ts';
import { toneFor } from './gated-vendor.ts';

endAll();

const garbage = Buffer.from('<html>We are sorry.</html>');
const downloads = (seen: readonly string[]): number => seen.filter((line) => line.startsWith('GET /audio/')).length;

describe('audio that cannot be played', () => {
  it('is fetched once more, free, and the good copy becomes the take', async () => {
    const { studio, vendor } = await openGated({ audio: (text, count) => (count === 0 ? garbage : toneFor(text)) });
    const done = await studio.settled((await order(studio, 'a', texts(1))).id);
    expect(done.progress).toMatchObject({ succeeded: 1, spentCredits: (texts(1)[0] ?? '').length });
    expect([vendor.posts.length, downloads(vendor.seen)]).toEqual([1, 2]);
    expect((await studio.client.call('take.list', {})).takes[0]?.suspect).toBeNull();
  });

  it.each([
    ['is no audio', garbage, 'audio_undecodable'],
    ['is empty', Buffer.alloc(0), 'audio_empty'],
    ['has a head and no sound', toneFor('x').subarray(0, 44), 'audio_empty'],
  ])('and %s the second time too is kept aside, charged and reported', async (_, bytes, code) => {
    const { studio, vendor } = await openGated({ audio: () => bytes });
    const done = await studio.settled((await order(studio, 'a', texts(1))).id);
    expect(done.progress).toMatchObject({ failed: 1, spentCredits: (texts(1)[0] ?? '').length, heldCredits: 0 });
    const [job] = await jobsOf(studio);
    expect(job?.error?.code).toBe(code);
    const aside = `media/aside/${job?.generation?.id ?? ''}.bin`;
    expect(job?.error?.message).toContain(aside);
    expect(readFileSync(join(studio.folder, aside)).equals(bytes)).toBe(true);
    expect([vendor.posts.length, downloads(vendor.seen)]).toEqual([1, 2]);
    expect((await studio.client.call('take.list', {})).takes).toEqual([]);
    expect(openHolds(studio)).toEqual([]);
  });
});

describe('audio that can be played but is odd', () => {
  it('is stored as a take that is marked for review', async () => {
    const { studio } = await openGated({ audio: () => toneFor('Hm.') });
    const long = `${texts(1)[0]} ${texts(1)[0]} ${texts(1)[0]}`;
    const done = await studio.settled((await order(studio, 'a', [long, 'Hm.'])).id);
    expect(done.progress).toMatchObject({ succeeded: 2, failed: 0 });
    const { takes } = await studio.client.call('take.list', { suspectOnly: true });
    expect(takes.map(({ text }) => text)).toEqual([long]);
    expect(takes[0]?.suspect).toContain('very short');
  });

  it('of a kind that is not opened here is stored as it is and marked', async () => {
    const flac = Buffer.concat([Buffer.from('fLaC'), Buffer.alloc(2000, 7)]);
    const { studio } = await openGated({ audio: () => flac });
    await studio.settled((await order(studio, 'a', texts(1))).id);
    const [take] = (await studio.client.call('take.list', {})).takes;
    expect(take).toMatchObject({ format: 'flac', bytes: flac.length });
    expect(take?.suspect).not.toBeNull();
    const media = studio.engine.mediaOf(take?.id ?? '');
    expect(readFileSync(join(studio.folder, media?.path ?? '')).equals(flac)).toBe(true);
  });
});

describe('audio that lies elsewhere', () => {
  it('is fetched from the other host without the key', async () => {
    const { studio, vendor } = await openScene({ audioHost: 'other' });
    expect((await studio.settled((await order(studio, 'a', texts(3))).id)).progress.succeeded).toBe(3);
    expect(vendor.seenKeys()).toEqual([]);
    expect(vendor.counts()['foreign']).toBe(3);
  });

  it('behind a redirect is followed without the key', async () => {
    const { studio, vendor } = await openScene({ faults: { redirectAudio: 1 } });
    expect((await studio.settled((await order(studio, 'a', texts(3))).id)).progress.succeeded).toBe(3);
    expect(vendor.seenKeys()).toEqual([]);
  });
});

describe('audio of the same sound for two lines', () => {
  it('is one file with two takes', async () => {
    const { studio } = await openGated({ audio: () => toneFor('the same for all, whatever was asked') });
    await studio.settled((await order(studio, 'a', ['The first text of two.', 'The other text of two.'])).id);
    const { takes } = await studio.client.call('take.list', {});
    expect(takes).toHaveLength(2);
    expect(new Set(takes.map(({ sha256 }) => sha256)).size).toBe(1);
    const path = studio.engine.mediaOf(takes[0]?.id ?? '')?.path ?? '';
    expect(existsSync(join(studio.folder, path))).toBe(true);
    const sidecar = JSON.parse(readFileSync(join(studio.folder, path.replace(/\.wav$/, '.json')), 'utf8')) as {
      takes: unknown[];
    };
    expect(sidecar.takes).toHaveLength(2);
  });
});
