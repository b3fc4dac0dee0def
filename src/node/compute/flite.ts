/** The built-in voices: flite compiled to WASI, on a shim of our own choice, so that every host gives the same bytes. */
import { readFileSync } from 'node:fs';
import { ConsoleStdout, File, OpenFile, PreopenDirectory, WASI } from '@bjorn3/browser_wasi_shim';
import { AppError } from '#contract/errors.ts';
import { pcmOfWav } from '#engine/audio/join.ts';
import { writeWav } from '#engine/audio/write-wav.ts';
import type { FliteTask } from '#engine/ports.ts';
import { toFliteText } from './flite-text.ts';

/** Those in the binary. For any other name flite falls back to `kal` without a word. */
const VOICES: readonly string[] = ['kal', 'kal16', 'awb', 'rms', 'slt'];
const SLOWEST = 0.25;
const FASTEST = 4;

/** Compiles once, at the first text; every utterance gets a fresh instance, because a used one gives other bytes. */
export const createFlite = (wasmPath: string): ((task: FliteTask) => Promise<Uint8Array<ArrayBuffer>>) => {
  let compiled: Promise<WebAssembly.Module> | null = null;

  return async ({ voice, text, speed }) => {
    if (!VOICES.includes(voice)) {
      throw new AppError('voice_not_found', `There is no built-in voice "${voice}". There are: ${VOICES.join(', ')}.`);
    }
    if (!(speed >= SLOWEST && speed <= FASTEST)) {
      throw new AppError('invalid_input', `The speed ${speed} is outside of ${SLOWEST} to ${FASTEST}.`);
    }
    // The text lies in a file: as an argument, one that starts with a dash would be an option.
    const input = new File(new TextEncoder().encode(toFliteText(text)));
    const output = new File([]);
    const folder = new PreopenDirectory(
      '/',
      new Map([
        ['text', input],
        ['wav', output],
      ]),
    );
    let complaint = '';
    const console = new ConsoleStdout((bytes) => {
      complaint += new TextDecoder().decode(bytes);
    });
    const stretch = String(Math.round(10_000 / speed) / 10_000);
    const args = ['flite', '-voice', voice, '--setf', `duration_stretch=${stretch}`, '-f', 'text', '-o', 'wav'];
    const wasi = new WASI(args, [], [new OpenFile(new File([])), console, console, folder], { debug: false });
    compiled ??= WebAssembly.compile(readFileSync(wasmPath));
    // A clock that stands still: nothing in the audio may depend on the hour.
    const imports = { ...wasi.wasiImport, clock_time_get: () => 0 };
    const instance = await WebAssembly.instantiate(await compiled, { wasi_snapshot_preview1: imports });
    const code = wasi.start(instance);
    if (code !== 0)
      throw new AppError(
        'provider_failed',
        `The built-in voice failed (code ${code}): ${complaint.trim() || 'no reason given'}.`,
      );
    const audio = pcmOfWav(output.data);
    if (audio.samples.length === 0)
      throw new AppError('audio_empty', 'The built-in voice made no sound for this text.');
    return writeWav(audio);
  };
};
