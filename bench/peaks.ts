/**
 * Peaks in a warm worker beside the bare loop (WAV) or the bare decoder (MP3), in one run.
 * Goal: at most 1.1 times the bare one. Milliseconds are printed, ratios count; each figure is the median of its rounds,
 * and the rounds of both alternate so that a busy machine slows both.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MPEGDecoder } from 'mpg123-decoder';
import { writeWav } from '#engine/audio/write-wav.ts';
import { createCompute, type NodeCompute } from '#node/compute/compute.ts';

const SAMPLE_RATE = 44_100;
const SAMPLES_PER_PEAK = 441;
const GOAL = 1.1;
const ROUNDS = 7;

/** Speech for `seconds`, mono, 16 bits: one utterance of the built-in voice over and over, slowed to the sample rate. */
const createSpeech = async (compute: NodeCompute, seconds: number): Promise<Uint8Array> => {
  const text = 'Spring is here at Harbour Lights in Bristol. Only until Sunday, every lamp in the house is half price!';
  const wav = await compute.flite({ voice: 'slt', text, speed: 1 });
  const speech = new Int16Array(wav.buffer, wav.byteOffset + 44);
  const samples = new Int16Array(seconds * SAMPLE_RATE);
  for (let at = 0; at < samples.length; at += speech.length) samples.set(speech.subarray(0, samples.length - at), at);
  return writeWav({ sampleRate: SAMPLE_RATE, channels: 1, samples });
};

/** What cannot be done with less: read the file, look at every sample once. */
const bareLoop = (path: string): number => {
  const bytes = readFileSync(path);
  const samples = new Int16Array(bytes.buffer, bytes.byteOffset + 44, (bytes.length - 44) / 2);
  const count = Math.ceil(samples.length / SAMPLES_PER_PEAK);
  const peaks = new Int8Array(count * 2);
  for (let i = 0; i < count; i++) {
    const end = Math.min(samples.length, (i + 1) * SAMPLES_PER_PEAK);
    let low = 32767;
    let high = -32768;
    for (let at = i * SAMPLES_PER_PEAK; at < end; at++) {
      const value = samples[at] as number;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    peaks[i * 2] = low >> 8;
    peaks[i * 2 + 1] = high >> 8;
  }
  return peaks.length;
};

/** The decoder alone, over the whole file at once, as its README shows. */
const bareDecoder = async (path: string): Promise<number> => {
  const decoder = new MPEGDecoder();
  await decoder.ready;
  const { samplesDecoded } = decoder.decode(readFileSync(path));
  decoder.free();
  return samplesDecoded;
};

const timed = async (work: () => unknown): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};
const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

const compare = async (
  name: string,
  compute: NodeCompute,
  path: string,
  bare: (path: string) => unknown,
): Promise<void> => {
  const contenders = [() => bare(path), () => compute.peaks({ path }), () => compute.analyse({ path })] as const;
  const times: [number[], number[], number[]] = [[], [], []];
  for (let round = -2; round < ROUNDS; round++) {
    for (const [i, contender] of contenders.entries()) {
      const ms = await timed(contender);
      // The first rounds only warm everything up.
      if (round >= 0) times[i]?.push(ms);
    }
  }
  const [bareMs, peaksMs, fullMs] = times.map(median) as [number, number, number];
  const ratio = peaksMs / bareMs;
  const verdict = ratio <= GOAL ? 'met' : 'MISSED';
  console.log(
    `${name.padEnd(12)} bare ${bareMs.toFixed(1).padStart(7)} ms   worker, peaks ${peaksMs.toFixed(1).padStart(7)} ms = ${ratio.toFixed(2)} x (goal <= ${GOAL} x: ${verdict})   ` +
      `with loudness and true peak ${fullMs.toFixed(1).padStart(7)} ms = ${(fullMs / bareMs).toFixed(2)} x`,
  );
};

export const run = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'cuebooth-peaks-'));
  // One worker, so that every round meets a warm one.
  const compute = createCompute({ workers: 1 });
  try {
    console.log('Peaks, mono 44.1 kHz speech');
    for (const [name, seconds] of [
      ['60 s', 60],
      ['10 min', 600],
    ] as const) {
      const wav = join(folder, `${seconds}.wav`);
      writeFileSync(wav, await createSpeech(compute, seconds));
      await compare(`WAV ${name}`, compute, wav, bareLoop);
      const mp3 = join(folder, `${seconds}.mp3`);
      const { status, error } = spawnSync('ffmpeg', ['-v', 'error', '-nostdin', '-i', wav, '-b:a', '128k', mp3]);
      if (status === 0) await compare(`MP3 ${name}`, compute, mp3, bareDecoder);
      else
        console.log(
          `MP3 ${name} is skipped: ffmpeg ${error === undefined ? `ended with ${status}` : 'is not installed on this machine'}.`,
        );
    }
  } finally {
    await compute.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

if (import.meta.main) await run();
