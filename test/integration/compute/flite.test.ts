import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyseWav } from '#engine/audio/analyse.ts';
import { createCompute, type NodeCompute } from '#node/compute/compute.ts';
import { toFliteText } from '#node/compute/flite-text.ts';

let compute: NodeCompute;
beforeAll(() => {
  compute = createCompute();
});
afterAll(() => compute.close());

const speak = (text: string, voice = 'kal', speed = 1): Promise<Uint8Array> => compute.flite({ voice, text, speed });
const lengthOf = async (text: string, voice = 'kal', speed = 1): Promise<number> =>
  analyseWav(await speak(text, voice, speed)).durationMs;
const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('the built-in voices', () => {
  it.each(['slt', 'rms', 'awb', 'kal16', 'kal'])('%s speaks audibly, in 16-bit WAV', async (voice) => {
    const report = analyseWav(await speak('The quick brown fox costs 19 dollars 99 in Berlin.', voice));
    expect(report).toMatchObject({ ok: true, channels: 1, sampleRate: voice === 'kal' ? 8000 : 16000 });
    expect(report.durationMs).toBeGreaterThan(2500);
    expect(report.durationMs).toBeLessThan(6000);
    expect(report.loudnessLufs).toBeGreaterThan(-35);
  });

  it('gives the same bytes again: after other texts, in another worker and in another process', async () => {
    const task = { voice: 'slt', text: 'Half price until Sunday: only €19.99!', speed: 1.15 };
    const first = sha(await compute.flite(task));
    await speak('Something else in between.', 'awb');
    expect(sha(await compute.flite(task))).toBe(first);
    const other = createCompute({ workers: 1 });
    expect(sha(await other.flite(task))).toBe(first);
    await other.close();
    const script = `
      const { createCompute } = await import('#node/compute/compute.ts');
      const { createHash } = await import('node:crypto');
      const wav = await createCompute().flite(${JSON.stringify(task)});
      console.log(createHash('sha256').update(wav).digest('hex'));
    `;
    const cwd = fileURLToPath(new URL('../../..', import.meta.url));
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd,
      encoding: 'utf8',
      timeout: 30_000,
    });
    expect(run.stdout.trim()).toBe(first);
  });

  it('speaks twice as fast at speed 2 and half as fast at 0.5', async () => {
    const normal = await lengthOf('Everything must go before the end of the week.');
    expect((await lengthOf('Everything must go before the end of the week.', 'kal', 2)) / normal).toBeCloseTo(0.5, 1);
    expect((await lengthOf('Everything must go before the end of the week.', 'kal', 0.5)) / normal).toBeCloseTo(2, 1);
  });

  it('takes a text that looks like an option or like markup as text', async () => {
    for (const text of [
      '-o evil.wav hello there',
      '--help',
      '<speak><break time="9s"/>hello</speak> & more',
      '$(reboot) `ls` %s %n',
    ]) {
      expect(await lengthOf(text)).toBeGreaterThan(500);
    }
  });

  it('speaks a text without a stop, and a word without an end', async () => {
    expect(await lengthOf('sale after sale after sale '.repeat(150))).toBeGreaterThan(60_000);
    expect(await lengthOf('a'.repeat(3000))).toBeGreaterThan(10_000);
  });

  it('refuses what it cannot say, in words', async () => {
    await expect(speak('...')).rejects.toMatchObject({
      code: 'text_rejected',
      message: expect.stringMatching(/nothing to say/),
    });
    await expect(speak('  ')).rejects.toMatchObject({ code: 'text_rejected' });
    await expect(speak('Sale in Москва')).rejects.toMatchObject({
      code: 'text_rejected',
      message: expect.stringMatching(/cannot say М о с/),
    });
    await expect(speak('Hello', 'nobody')).rejects.toMatchObject({ code: 'voice_not_found' });
    await expect(speak('Hello', 'kal', 9)).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('the text for the built-in voices', () => {
  it.each([
    ['Crème brûlée at Müller’s café', "Creme brulee at Muller's cafe"],
    ['“Really” – yes… or no', '"Really", yes. or no'],
    ['Only €19.99, £5 or 7 €!', 'Only 19 euros 99, 5 pounds or 7 euros!'],
    ['€1 or €1.00 or €1,299.50', '1 euro or 1 euros or 1,299 euros 50'],
    ['$19.99 stays', '$19.99 stays'],
    ['20 °C & ½ off™', '20 degrees C and 1/2 off'],
    ['Straße, Łódź, Ærø, Ａ', 'Strasse, Lodz, Aero, A'],
    ['🎉 Party 🎉 time', 'Party time'],
    ['a\u00a0b\u200bc\n\nd', 'a b c d'],
    ['som\u00adething', 'something'],
  ])('of %j is %j', (text, expected) => {
    expect(toFliteText(text)).toBe(expected);
  });
});
