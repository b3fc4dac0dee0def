import { AppError } from '#contract/errors.ts';
import { runProgram } from './run-program.ts';
import type { SpeechProgram, SystemVoice } from './speech-program.ts';
import { withTempWav } from './temp-wav.ts';

const PROGRAM = 'say';
const NORMAL_WORDS_PER_MINUTE = 175;

/** Reads `say -v ?`: the name (which may hold spaces and brackets), a locale, and a sample after `#`. */
export const parseSayVoices = (table: string): readonly SystemVoice[] =>
  table.split(/\r?\n/).flatMap((row) => {
    const [, name, locale] = /^(\S.*?)\s+([a-z]{2,3}(?:[_-][A-Za-z0-9]+)+)\s+#/.exec(row) ?? [];
    if (name === undefined || locale === undefined) return [];
    return [
      {
        id: `${PROGRAM}:${name}`,
        name,
        language: locale.replaceAll('_', '-'),
        gender: null,
        program: PROGRAM,
      } as const,
    ];
  });

/** macOS. An unknown name would be spoken by the default voice without a word, so names are looked up first. */
export const createSay = (): SpeechProgram => {
  const voices = async (): Promise<readonly SystemVoice[]> =>
    parseSayVoices((await runProgram({ program: PROGRAM, args: ['-v', '?'] })).output.toString('utf8'));
  return {
    id: PROGRAM,
    voices,
    speak: async ({ voice, text, speed }, signal) => {
      const known = await voices();
      if (!known.some(({ name }) => name === voice))
        throw new AppError('voice_not_found', `say has no voice "${voice}".`);
      return withTempWav(async (path) => {
        const rate = String(Math.round(NORMAL_WORDS_PER_MINUTE * speed));
        const args = [
          '-v',
          voice,
          '-r',
          rate,
          '-o',
          path,
          '--file-format=WAVE',
          '--data-format=LEI16@22050',
          '-f',
          '-',
        ];
        // Double brackets would be read as commands to the synthesiser.
        const { code, complaint } = await runProgram({
          program: PROGRAM,
          args,
          input: text.replaceAll('[[', '[ ['),
          signal,
        });
        if (code !== 0)
          throw new AppError(
            'provider_failed',
            `say could not speak the text (code ${code}): ${complaint || 'no reason given'}.`,
          );
      });
    },
  };
};
