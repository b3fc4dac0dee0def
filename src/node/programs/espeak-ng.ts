import { AppError } from '#contract/errors.ts';
import { runProgram } from './run-program.ts';
import type { SpeechProgram, SystemVoice } from './speech-program.ts';

const PROGRAM = 'espeak-ng';
const NORMAL_WORDS_PER_MINUTE = 175;
const SLOWEST_WORDS_PER_MINUTE = 80;
/** Also a guard: the name may lead to a file, so it must not look like a path or an option. */
const VOICE_NAME = /^[a-z][\w-]*(\+[\w-]+)?$/i;

const genderOf = (letter: string | undefined): SystemVoice['gender'] =>
  letter === 'F' ? 'female' : letter === 'M' ? 'male' : null;

/** `en-us` as `en-US`; a name that is no language tag stays as it is. */
const tagOf = (language: string): string => {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? language;
  } catch {
    return language;
  }
};

/** Reads the table of `espeak-ng --voices`; voices are known by their language, the first of each counts. */
export const parseEspeakVoices = (table: string): readonly SystemVoice[] => {
  const voices = new Map<string, SystemVoice>();
  for (const row of table.split(/\r?\n/)) {
    const [, language, gender, name] = /^\s*\d+\s+(\S+)\s+\S+\/(\S)\s+(\S+)/.exec(row) ?? [];
    if (language === undefined || name === undefined || voices.has(language)) continue;
    voices.set(language, {
      id: `${PROGRAM}:${language}`,
      name: name.replaceAll('_', ' ').trim(),
      language: tagOf(language),
      gender: genderOf(gender),
      program: PROGRAM,
    });
  }
  return [...voices.values()];
};

export const createEspeakNg = (): SpeechProgram => ({
  id: PROGRAM,
  voices: async () =>
    parseEspeakVoices((await runProgram({ program: PROGRAM, args: ['--voices'] })).output.toString('utf8')),
  speak: async ({ voice, text, speed }, signal) => {
    if (!VOICE_NAME.test(voice)) throw new AppError('voice_not_found', `espeak-ng has no voice "${voice}".`);
    const rate = Math.max(SLOWEST_WORDS_PER_MINUTE, Math.round(NORMAL_WORDS_PER_MINUTE * speed));
    const args = ['-v', voice, '-s', String(rate), '-b', '1', '--stdin', '--stdout'];
    // Double brackets would be read as phonemes.
    const input = text.replaceAll('[[', '[ [');
    const { code, output, complaint } = await runProgram({ program: PROGRAM, args, input, signal });
    if (complaint.includes('voice does not exist'))
      throw new AppError('voice_not_found', `espeak-ng has no voice "${voice}".`);
    if (code !== 0 || output.length === 0) {
      throw new AppError(
        'provider_failed',
        `espeak-ng could not speak the text (code ${code}): ${complaint || 'no reason given'}.`,
      );
    }
    return output;
  },
});
