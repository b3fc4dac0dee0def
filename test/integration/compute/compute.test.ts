import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pcmOfPlanes } from '#engine/audio/join.ts';
import { writeWav } from '#engine/audio/write-wav.ts';
import { createCompute, type NodeCompute } from '#node/compute/compute.ts';
import { tone } from '../../unit/audio/tones.ts';
import { createTempFolder, runFfmpeg, whyWithout } from './fixtures.ts';

const folder = createTempFolder();
let compute: NodeCompute;
beforeAll(() => {
  compute = createCompute();
});
afterAll(async () => {
  await compute.close();
  folder.remove();
});

const writeTone = (name: string, hz: number, seconds: number, sampleRate = 44100, channels = 1): string => {
  const path = folder.path(name);
  writeFileSync(path, writeWav(pcmOfPlanes(tone({ hz, dbfs: -12, seconds, sampleRate, channels }), sampleRate)));
  return path;
};
const writeSpeech = async (name: string, text: string): Promise<string> => {
  const path = folder.path(name);
  writeFileSync(path, await compute.flite({ voice: 'slt', text, speed: 1 }));
  return path;
};

describe('measuring files in a worker', () => {
  it('measures a WAV and draws its peaks', async () => {
    const report = await compute.analyse({ path: writeTone('tone.wav', 997, 2) });
    expect(report).toMatchObject({
      ok: true,
      problem: null,
      format: 'wav',
      durationMs: 2000,
      sampleRate: 44100,
      channels: 1,
    });
    expect(report.loudnessLufs).toBeCloseTo(-15.01, 1);
    expect(report.truePeakDb).toBeCloseTo(-12, 1);
    expect(Math.max(...report.peaks)).toBe(32);
    expect(report.peaks.length).toBe(2 * Math.ceil(88200 / report.samplesPerPeak));
  });

  it('draws the same peaks without the levels', async () => {
    const path = writeTone('again.wav', 300, 1);
    const { peaks, samplesPerPeak } = await compute.analyse({ path });
    expect(await compute.peaks({ path })).toMatchObject({
      peaks,
      samplesPerPeak,
      loudnessLufs: null,
      truePeakDb: null,
    });
  });

  it.each([
    ['nothing', '', 'The file is empty.'],
    ['an error page', '<html>502</html>', 'The file is not audio of a known kind.'],
    ['FLAC', 'fLaC....', 'FLAC audio cannot be decoded here yet. The file is kept as it came.'],
    ['Ogg', 'OggS....', 'Ogg audio cannot be decoded here yet. The file is kept as it came.'],
    ['only an ID3 tag', `ID3${'\u0000'.repeat(200)}`, 'The MP3 holds no audio that can be decoded.'],
  ])('says what is wrong with a file that holds %s', async (name, content, problem) => {
    const path = folder.path(`${name}.bin`);
    writeFileSync(path, content);
    expect(await compute.analyse({ path })).toMatchObject({ ok: false, problem, durationMs: 0 });
  });

  it('says that a file is missing', async () => {
    await expect(compute.analyse({ path: folder.path('gone.wav') })).rejects.toMatchObject({ code: 'media_missing' });
  });

  it('joins files with silence after each', async () => {
    const parts = [writeTone('one.wav', 440, 0.5), writeTone('two.wav', 880, 0.25)];
    const wav = await compute.join({
      parts: [
        { path: parts[0] ?? '', gapAfterMs: 250 },
        { path: parts[1] ?? '', gapAfterMs: 0 },
      ],
    });
    const path = folder.path('joined.wav');
    writeFileSync(path, wav);
    expect((await compute.analyse({ path })).durationMs).toBe(1000);
    expect([...wav.subarray(44 + 44100, 44 + 44100 + 22000)].every((byte) => byte === 0)).toBe(true);
  });

  it('names the part that cannot be joined', async () => {
    const bad = folder.path('bad.wav');
    writeFileSync(bad, 'no audio');
    const parts = [
      { path: writeTone('good.wav', 440, 0.1), gapAfterMs: 0 },
      { path: bad, gapAfterMs: 0 },
    ];
    await expect(compute.join({ parts })).rejects.toMatchObject({
      code: 'audio_undecodable',
      message: expect.stringMatching(/^Part 2 of 2 cannot be joined/),
    });
  });
});

const whyNoFfmpeg = whyWithout('ffmpeg');
if (whyNoFfmpeg !== null) console.log(`The comparison with ffmpeg is skipped: ${whyNoFfmpeg}.`);
describe.skipIf(whyNoFfmpeg !== null)('beside ffmpeg', () => {
  const TEXT =
    'Spring is here at Harbour Lights in Bristol. Only until Sunday, every lamp in the house is half price! ';
  const ebur128 = (path: string): { readonly lufs: number; readonly dbtp: number } => {
    const summary = runFfmpeg('-i', path, '-af', 'ebur128=peak=true', '-f', 'null', '-').split('Summary:').at(-1) ?? '';
    const read = (pattern: RegExp): number => Number(pattern.exec(summary)?.[1]);
    return { lufs: read(/I:\s+(-?[\d.]+) LUFS/), dbtp: read(/Peak:\s+(-?[\d.]+) dBFS/) };
  };
  const ours = async (path: string) => {
    const { loudnessLufs, truePeakDb } = await compute.analyse({ path });
    return { lufs: loudnessLufs ?? 0, dbtp: truePeakDb ?? 0 };
  };

  it('agrees on loudness and true peak of speech, mono and stereo, at many rates and depths', async () => {
    const speech = await writeSpeech('speech.wav', TEXT.repeat(3));
    const forms: readonly (readonly [string, ...string[]])[] = [
      ['m16.wav', '-ar', '44100'],
      ['s48.wav', '-ar', '48000', '-ac', '2'],
      ['m24.wav', '-ar', '22050', '-c:a', 'pcm_s24le'],
      ['f32.wav', '-ar', '48000', '-c:a', 'pcm_f32le'],
      ['mono.mp3', '-ar', '44100', '-b:a', '128k'],
      ['stereo.mp3', '-ar', '48000', '-ac', '2', '-b:a', '128k'],
    ];
    for (const [name, ...args] of forms) {
      const path = folder.path(name);
      runFfmpeg('-i', speech, ...args, path);
      const [mine, theirs] = [await ours(path), ebur128(path)];
      expect(Math.abs(mine.lufs - theirs.lufs), `loudness of ${name}`).toBeLessThanOrEqual(0.1);
      expect(Math.abs(mine.dbtp - theirs.dbtp), `true peak of ${name}`).toBeLessThanOrEqual(0.25);
    }
  });

  it('reads what ffmpeg writes into a pipe, and measures an MP3 at its real length', async () => {
    const wav = writeTone('long.wav', 500, 3, 44100, 2);
    const streamed = folder.path('streamed.wav');
    const { spawnSync } = await import('node:child_process');
    writeFileSync(streamed, spawnSync('ffmpeg', ['-v', 'quiet', '-i', wav, '-f', 'wav', '-']).stdout);
    expect(readFileSync(streamed).readUInt32LE(4)).toBe(0xffffffff);
    expect(await compute.analyse({ path: streamed })).toMatchObject({ ok: true, durationMs: 3000, channels: 2 });
    const mp3 = folder.path('long.mp3');
    runFfmpeg('-i', wav, '-b:a', '128k', mp3);
    const report = await compute.analyse({ path: mp3 });
    expect(report).toMatchObject({ ok: true, format: 'mp3', sampleRate: 44100, channels: 2 });
    expect(Math.abs(report.durationMs - 3000)).toBeLessThanOrEqual(30);
  });

  it('says that an MP3 is cut off, and measures what is there', async () => {
    const mp3 = folder.path('whole.mp3');
    runFfmpeg('-i', writeTone('cut.wav', 500, 4), '-b:a', '128k', mp3);
    const bytes = readFileSync(mp3);
    const cut = folder.path('cut.mp3');
    writeFileSync(cut, bytes.subarray(0, bytes.length / 2));
    const report = await compute.analyse({ path: cut });
    expect(report.problem).toMatch(/cut off: (1\.9|2\.0) s of [34]\.\d s/);
    expect(report.durationMs).toBeGreaterThan(1800);
  });

  it('joins an MP3 part to a WAV', async () => {
    const mp3 = folder.path('part.mp3');
    const wav = writeTone('part.wav', 500, 1);
    runFfmpeg('-i', wav, '-b:a', '128k', mp3);
    const path = folder.path('mixed.wav');
    writeFileSync(
      path,
      await compute.join({
        parts: [
          { path: wav, gapAfterMs: 0 },
          { path: mp3, gapAfterMs: 0 },
        ],
      }),
    );
    expect(Math.abs((await compute.analyse({ path })).durationMs - 2000)).toBeLessThanOrEqual(30);
  });
});
