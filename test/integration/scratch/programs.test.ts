import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { analyseWav } from '#engine/audio/analyse.ts';
import { parseEspeakVoices } from '#node/programs/espeak-ng.ts';
import { runProgram } from '#node/programs/run-program.ts';
import { parseSapiVoices } from '#node/programs/sapi.ts';
import { parseSayVoices } from '#node/programs/say.ts';
import { createPrograms } from '#node/programs.ts';
import { whyWithout } from '../compute/fixtures.ts';

describe('running a program', () => {
  const node = process.execPath;

  it('passes text through stdin and never through a shell', async () => {
    const echo = ['-e', 'process.stdin.pipe(process.stdout)'];
    const { output } = await runProgram({ program: node, args: echo, input: '$(reboot) `ls` "ü"' });
    expect(output.toString('utf8')).toBe('$(reboot) `ls` "ü"');
  });

  it('says so when the program is missing', async () => {
    await expect(runProgram({ program: 'no-such-program-here', args: [] })).rejects.toMatchObject({
      code: 'program_missing',
    });
  });

  it('ends the program when the task is cancelled', async () => {
    const abort = new AbortController();
    const run = runProgram({ program: node, args: ['-e', 'setInterval(() => {}, 1000)'], signal: abort.signal });
    abort.abort();
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    await expect(runProgram({ program: node, args: [], signal: abort.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('ends a program that takes too long', async () => {
    const hang = { program: node, args: ['-e', 'setInterval(() => {}, 1000)'], timeoutMs: 50 };
    await expect(runProgram(hang)).rejects.toMatchObject({
      code: 'provider_failed',
      message: expect.stringMatching(/0\.05 s/),
    });
  });

  it('does not stumble over a program that reads nothing', async () => {
    const { code } = await runProgram({ program: node, args: ['-e', 'process.exit(3)'], input: 'x'.repeat(1_000_000) });
    expect(code).toBe(3);
  });
});

describe('lists of voices', () => {
  it('reads the table of espeak-ng', () => {
    const table = `Pty Language       Age/Gender VoiceName          File                 Other Languages
 5  en-us           --/M      English_(America)  gmw/en-US            (en 3)
 2  en-us           --/F      Another            gmw/en-US2
 5  cy              --/-      Welsh              cel/cy               \n`;
    expect(parseEspeakVoices(table)).toEqual([
      { id: 'espeak-ng:en-us', name: 'English (America)', language: 'en-US', gender: 'male', program: 'espeak-ng' },
      { id: 'espeak-ng:cy', name: 'Welsh', language: 'cy', gender: null, program: 'espeak-ng' },
    ]);
  });

  it('reads the list of say, with names of several words', () => {
    const list =
      'Alex                en_US    # Most people recognize me by my voice.\nEddy (English (UK)) en_GB    # Hello! My name is Eddy.\nMajed               ar_001   # مرحبًا\n';
    expect(parseSayVoices(list).map(({ id, language }) => [id, language])).toEqual([
      ['say:Alex', 'en-US'],
      ['say:Eddy (English (UK))', 'en-GB'],
      ['say:Majed', 'ar-001'],
    ]);
  });

  it('reads what Windows lists, one voice or many', () => {
    const zira = { name: 'Microsoft Zira Desktop', language: 'en-US', gender: 'Female' };
    const expected = {
      id: 'sapi:Microsoft Zira Desktop',
      name: zira.name,
      language: 'en-US',
      gender: 'female',
      program: 'sapi',
    };
    expect(parseSapiVoices(JSON.stringify([zira, { nothing: true }]))).toEqual([expected]);
    expect(parseSapiVoices(`\uFEFF${JSON.stringify(zira)}`)).toEqual([expected]);
    expect(parseSapiVoices('')).toEqual([]);
  });
});

describe('programs that are not there', () => {
  const missing = () => runProgram({ program: 'no-such-program-here', args: [] }) as Promise<never>;
  const programs = createPrograms({ programs: [{ id: 'say', voices: missing, speak: missing }] });

  it('have no voices, and say what is missing when they are asked to speak', async () => {
    expect(await programs.voices()).toEqual([]);
    await expect(programs.speak({ voice: 'say:Alex', text: 'Hi', speed: 1 })).rejects.toMatchObject({
      code: 'program_missing',
    });
    await expect(programs.speak({ voice: 'sapi:Zira', text: 'Hi', speed: 1 })).rejects.toMatchObject({
      code: 'voice_not_found',
    });
  });
});

const whyNoEspeak = whyWithout('espeak-ng');
if (whyNoEspeak !== null) console.log(`The tests with espeak-ng are skipped: ${whyNoEspeak}.`);
describe.skipIf(whyNoEspeak !== null)('espeak-ng', () => {
  const programs = createPrograms();
  const speak = async (text: string, speed = 1, voice = 'espeak-ng:en-us') =>
    analyseWav(await programs.speak({ voice, text, speed }));

  it('lists its voices with language and gender', async () => {
    const voices = await programs.voices();
    expect(voices).toContainEqual({
      id: 'espeak-ng:en-us',
      name: 'English (America)',
      language: 'en-US',
      gender: 'male',
      program: 'espeak-ng',
    });
    expect(new Set(voices.map(({ id }) => id)).size).toBe(voices.length);
  });

  it('speaks to a whole WAV, faster when told to', async () => {
    const normal = await speak('Everything must go before the end of the week.');
    const fast = await speak('Everything must go before the end of the week.', 2);
    expect(normal).toMatchObject({ ok: true, sampleRate: 22050, channels: 1 });
    expect(normal.loudnessLufs).toBeGreaterThan(-40);
    expect(fast.durationMs / normal.durationMs).toBeLessThan(0.7);
  });

  it('reads options, markup and phoneme brackets as text', async () => {
    for (const text of ['-w /tmp/evil.wav hello', '<break time="60s"/> hello', '[[h@loU]] hello']) {
      const { durationMs } = await speak(text);
      expect(durationMs).toBeGreaterThan(400);
      expect(durationMs).toBeLessThan(20_000);
    }
  });

  it('knows which voices it does not have', async () => {
    for (const voice of ['espeak-ng:zz-nope', 'espeak-ng:../../etc/passwd', 'espeak-ng:', 'espeak-ng:-w']) {
      await expect(speak('Hello', 1, voice)).rejects.toMatchObject({ code: 'voice_not_found' });
    }
  });

  it('speaks another language with its own voice', async () => {
    expect((await speak('Schöne Grüße aus München', 1, 'espeak-ng:de')).durationMs).toBeGreaterThan(900);
  });

  it('leaves no program running after a cancelled task', async () => {
    const abort = new AbortController();
    const speaking = programs.speak(
      { voice: 'espeak-ng:en-us', text: 'word '.repeat(200_000), speed: 1 },
      abort.signal,
    );
    abort.abort();
    await expect(speaking).rejects.toMatchObject({ code: 'cancelled' });
    const children = spawnSync('ps', ['-o', 'args=', '--ppid', String(process.pid)], { encoding: 'utf8' });
    expect(children.stdout ?? '').not.toMatch(/^espeak-ng/m);
  });
});
