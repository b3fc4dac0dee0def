/** The `Programs` port: voices of the system's own speech programs, each only where it is present. */
import { AppError } from '#contract/errors.ts';
import { pcmOfWav } from '#engine/audio/join.ts';
import { writeWav } from '#engine/audio/write-wav.ts';
import type { Programs } from '#engine/ports.ts';
import { createEspeakNg } from './programs/espeak-ng.ts';
import { createSapi } from './programs/sapi.ts';
import { createSay } from './programs/say.ts';
import type { SpeechProgram } from './programs/speech-program.ts';

/** Which programs can be there at all; espeak-ng exists for every system. */
const programsOf = (platform: NodeJS.Platform): readonly SpeechProgram[] => {
  if (platform === 'darwin') return [createSay(), createEspeakNg()];
  if (platform === 'win32') return [createSapi(), createEspeakNg()];
  return [createEspeakNg()];
};

const isMissing = (error: unknown): boolean => error instanceof AppError && error.code === 'program_missing';

export interface ProgramsOptions {
  /** Default: this machine's. */
  readonly programs?: readonly SpeechProgram[];
}

export const createPrograms = (options: ProgramsOptions = {}): Programs => {
  const programs = options.programs ?? programsOf(process.platform);
  return {
    voices: async () => {
      const lists = await Promise.all(
        programs.map((program) =>
          program.voices().catch((error: unknown) => {
            if (isMissing(error)) return [];
            throw error;
          }),
        ),
      );
      return lists.flat();
    },
    speak: async ({ voice, text, speed }, signal) => {
      const colon = voice.indexOf(':');
      const program = programs.find(({ id }) => id === voice.slice(0, Math.max(0, colon)));
      if (program === undefined)
        throw new AppError('voice_not_found', `No speech program on this machine has a voice "${voice}".`);
      const wav = await program.speak({ voice: voice.slice(colon + 1), text, speed }, signal);
      // Written anew: programs that write to a pipe leave sizes in the header that players stumble over.
      const audio = pcmOfWav(wav);
      if (audio.samples.length === 0) throw new AppError('audio_empty', `${program.id} made no sound for this text.`);
      return writeWav(audio);
    },
  };
};
