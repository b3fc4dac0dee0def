/** Where an API key comes from: a variable, standard input or a prompt that shows nothing. Never from the command line, which other users of the machine can read. */
import { AppError } from '#contract/errors.ts';
import type { Terminal } from './terminal.ts';

export interface KeyOptions {
  readonly keyEnv?: string;
  readonly keyStdin?: boolean;
}

const checked = (text: string, source: string): string => {
  const key = text.trim();
  if (key === '') throw new AppError('invalid_input', `${source} holds no key. Nothing was changed.`);
  if (/\s/.test(key))
    throw new AppError(
      'invalid_input',
      `${source} holds more than a key: it has spaces or several lines. Nothing was changed.`,
    );
  return key;
};

/** `none`: only where an option names one. `optional`: Enter at the prompt goes on without. Null: there is none. */
export const readKey = async (
  terminal: Terminal,
  options: KeyOptions,
  need: 'none' | 'optional' | 'required',
): Promise<string | null> => {
  const { keyEnv } = options;
  if (keyEnv !== undefined) {
    const value = terminal.environment[keyEnv];
    if (value === undefined) {
      // What was typed is not repeated: it may be the key itself.
      const looksLikeName = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(keyEnv);
      throw new AppError(
        'invalid_input',
        `--key-env names a variable, and ${looksLikeName ? `${keyEnv} is not set` : 'that is no name of one'}. Nothing was changed.`,
      );
    }
    return checked(value, `The variable ${keyEnv}`);
  }
  if (options.keyStdin === true) return checked(await terminal.readInput(), 'Standard input');
  if (need === 'none') return null;
  if (!terminal.interactive) {
    if (need === 'optional') return null;
    throw new AppError(
      'invalid_input',
      'There is nobody to ask for the key. Use --key-env VARIABLE or --key-stdin. Nothing was changed.',
    );
  }
  const typed = (
    await terminal.askHidden(
      need === 'optional' ? 'API key (not shown; Enter to set it later): ' : 'API key (not shown): ',
    )
  ).trim();
  if (typed === '' && need === 'optional') return null;
  return checked(typed, 'The answer');
};
