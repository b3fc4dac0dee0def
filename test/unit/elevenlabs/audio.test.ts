import { Buffer } from 'node:buffer';
import { array, assert, asyncProperty, boolean, integer, property, string, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWav } from '#engine/audio/read-wav.ts';
import { playable } from '#engine/providers/elevenlabs/audio-body.ts';
import { createBase64Decoder } from '#engine/providers/elevenlabs/base64.ts';
import { readTimedAudio } from '#engine/providers/elevenlabs/timed-audio.ts';

async function* inPieces(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = Math.max(1, sizes[turn % Math.max(1, sizes.length)] ?? bytes.length);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}
const gather = async (body: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces);
};
class Broken extends Error {}
const broken = (what: string) => new Broken(what);
const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const times = (text: string) => ({
  characters: [...text],
  character_start_times_seconds: [...text].map((_, index) => index / 10),
  character_end_times_seconds: [...text].map((_, index) => (index + 1) / 10),
});

describe('base64 in pieces', () => {
  it('gives back any bytes, however they are cut', () => {
    assert(
      property(uint8Array({ maxLength: 100 }), array(integer({ min: 1, max: 9 }), { minLength: 1 }), (bytes, sizes) => {
        const letters = new TextEncoder().encode(Buffer.from(bytes).toString('base64'));
        const decoder = createBase64Decoder();
        const pieces: Uint8Array[] = [];
        for (let at = 0, turn = 0; at < letters.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          pieces.push(decoder.push(letters.subarray(at, at + size)) ?? new Uint8Array(999));
          at += size;
        }
        expect(Buffer.concat(pieces)).toEqual(Buffer.from(bytes));
        expect(decoder.isComplete()).toBe(true);
      }),
    );
  });

  it('refuses what is no letter, and letters behind the padding', () => {
    expect(createBase64Decoder().push(new TextEncoder().encode('a*'))).toBeNull();
    expect(createBase64Decoder().push(new TextEncoder().encode('aa==aa'))).toBeNull();
  });
});

describe('an answer with timestamps', () => {
  it('gives its audio and its times, however it is cut into pieces and wherever the audio stands', async () => {
    await assert(
      asyncProperty(
        uint8Array({ maxLength: 60 }),
        string({ maxLength: 12, unit: 'grapheme' }),
        array(integer({ min: 1, max: 40 }), { minLength: 1 }),
        boolean(),
        boolean(),
        async (audio, text, sizes, isLast, isSlashed) => {
          const base64 = Buffer.from(audio).toString('base64');
          const rest = {
            alignment: times(text),
            normalized_alignment: null,
            note: 'audio_base64": "{[',
            deep: { audio_base64: 'no' },
          };
          const fields = isLast ? { ...rest, audio_base64: base64 } : { audio_base64: base64, ...rest };
          const written = JSON.stringify(fields);
          const whole = new TextEncoder().encode(isSlashed ? written.replaceAll('/', String.raw`\/`) : written);
          const { body, timings } = readTimedAudio(inPieces(whole, sizes), broken);
          expect(await gather(body)).toEqual(Buffer.from(audio));
          expect(timings()).toEqual({
            unit: 'characters',
            symbols: [...text],
            startSeconds: times(text).character_start_times_seconds,
            endSeconds: times(text).character_end_times_seconds,
          });
        },
      ),
    );
  });

  it('cut at any byte is an error, also when its audio was whole', async () => {
    const whole = encode({ audio_base64: Buffer.from('some audio').toString('base64'), alignment: times('héy "') });
    for (let length = 0; length < whole.length; length += 1) {
      const { body, timings } = readTimedAudio(inPieces(whole.subarray(0, length), [7]), broken);
      await expect(gather(body), `cut at ${length}`).rejects.toBeInstanceOf(Broken);
      expect(timings()).toBeNull();
    }
  });

  it('hands its audio on before the rest has come', async () => {
    let isOver = false;
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode('{"audio_base64":"QUJD');
      isOver = true;
      yield new TextEncoder().encode('"}');
    }
    const { body } = readTimedAudio(slow(), broken);
    const first = await body[Symbol.asyncIterator]().next();
    expect(Buffer.from(first.value ?? []).toString()).toBe('ABC');
    expect(isOver).toBe(false);
  });

  it.each([
    ['nothing', ''],
    ['a page', '<html></html>'],
    ['another object', '{"alignment":null}'],
    ['no audio', '{"audio_base64":null}'],
    ['letters that are none', '{"audio_base64":"QU*D"}'],
    ['more behind the end', '{"audio_base64":"QUJD"}{}'],
    ['brackets that do not fit', '{"audio_base64":"QUJD","a":[}]'],
  ])('that is %s is an error', async (_name, text) => {
    const { body } = readTimedAudio(inPieces(new TextEncoder().encode(text), [3]), broken);
    await expect(gather(body)).rejects.toBeInstanceOf(Broken);
  });

  it('without times, or with times that do not fit each other, is still audio', async () => {
    const uneven = { ...times('abc'), character_end_times_seconds: [1] };
    for (const rest of [{}, { alignment: null }, { alignment: 'soon' }, { alignment: uneven }]) {
      const { body, timings } = readTimedAudio(inPieces(encode({ audio_base64: 'QUJD', ...rest }), [5]), broken);
      expect((await gather(body)).toString()).toBe('ABC');
      expect(timings()).toBeNull();
    }
  });
});

describe('headerless samples', () => {
  const samples = Buffer.alloc(10_000, 7);

  it('become a WAV, of known length where the answer tells it', async () => {
    for (const bytes of [samples.length, null]) {
      const wav = await gather(playable(inPieces(samples, [1]), 24_000, bytes));
      const reading = readWav(wav);
      expect(reading).toMatchObject({
        ok: true,
        layout: { encoding: 'pcm16', sampleRate: 24_000, channels: 1, frames: 5000, cutOff: null },
      });
      expect(wav.subarray(44)).toEqual(samples);
    }
  });

  it('that came as a file all the same stay that file', async () => {
    const wav = await gather(playable(inPieces(samples, [100]), 8000, null));
    expect(await gather(playable(inPieces(wav, [10]), 8000, null))).toEqual(wav);
    // Two frames of 128 kbit/s at 44.1 kHz: 417 bytes each.
    const frame = Buffer.alloc(417);
    frame.set([0xff, 0xfb, 0x90, 0x00]);
    const mp3 = Buffer.concat([frame, frame, frame]);
    expect(await gather(playable(inPieces(mp3, [64]), 44_100, null))).toEqual(mp3);
  });

  it('that begin like an MP3 by chance are samples', async () => {
    const chance = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x00]), samples]);
    expect((await gather(playable(inPieces(chance, [64]), 44_100, null))).subarray(0, 4).toString()).toBe('RIFF');
  });

  it('that are none stay empty', async () => {
    expect(await gather(playable(inPieces(new Uint8Array(), [1]), 8000, 0))).toHaveLength(0);
  });
});
