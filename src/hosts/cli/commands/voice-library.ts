/** `cuebooth voices models`, `library` and `add`: what a vendor offers beyond the workspace's own voices. */
import { findWorkspace, say, withSession, type Command } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { writeJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';
import { oneLine } from '../output/width.ts';
import { count, figure } from '../output/words.ts';

const languageWords = (languages: readonly string[]): string =>
  languages.length > 6
    ? `${languages.slice(0, 6).join(', ')} and ${count(languages.length - 6)} more`
    : languages.join(', ');

export const listModels: Command<{ readonly workspace: string; readonly voice?: string; readonly json?: boolean }> = (
  context,
  options,
) =>
  withSession(context, 'read', async (session) => {
    const { terminal } = context;
    const { id } = await findWorkspace(session, options.workspace);
    const found = await session.client.call('voice.models', {
      workspaceId: id,
      ...(options.voice === undefined ? {} : { voiceId: options.voice }),
    });
    if (options.json === true) writeJson(terminal.out, found);
    else {
      if (found.length === 0) say(terminal, 'This workspace tells of no models.');
      terminal.out.write(
        formatTable(
          found,
          [
            { title: 'MODEL', value: (model) => model.modelId },
            { title: 'NAME', value: (model) => model.name, flexible: true },
            {
              title: 'CREDITS A CHARACTER',
              value: (model) => (model.creditsPerCharacter === null ? '' : String(model.creditsPerCharacter)),
              align: 'right',
            },
            {
              title: 'LONGEST TEXT',
              value: (model) => (model.textLimit === null ? '' : count(model.textLimit)),
              align: 'right',
            },
            { title: 'LANGUAGES', value: (model) => languageWords(model.languages), flexible: true },
            {
              title: 'SETTINGS',
              value: (model) =>
                model.settings
                  .map(({ name, min, max }) => (min === null || max === null ? name : `${name} ${min}..${max}`))
                  .join(', '),
              flexible: true,
            },
          ],
          terminal.out,
        ),
      );
    }
    return exitCodes.done;
  });

export interface LibraryOptions {
  readonly workspace: string;
  readonly words: readonly string[];
  readonly language?: string;
  readonly accent?: string;
  readonly gender?: string;
  readonly age?: string;
  readonly useCase?: string;
  readonly category?: string;
  /** 1 is the first. */
  readonly page: number;
  readonly json?: boolean;
}
export const searchLibrary: Command<LibraryOptions> = (context, options) =>
  withSession(context, 'read', async (session) => {
    const { terminal } = context;
    const { id } = await findWorkspace(session, options.workspace);
    const { language, accent, gender, age, useCase, category } = options;
    const filters = Object.fromEntries(
      Object.entries({ language, accent, gender, age, useCase, category }).filter(([, value]) => value !== undefined),
    );
    const { voices, hasMore } = await session.client.call('voice.library', {
      workspaceId: id,
      ...(options.words.length === 0 ? {} : { search: options.words.join(' ') }),
      ...filters,
      page: options.page - 1,
    });
    if (options.json === true) {
      writeJson(terminal.out, { voices, hasMore });
      return exitCodes.done;
    }
    if (voices.length === 0) say(terminal, 'No voice was found.');
    terminal.out.write(
      formatTable(
        voices,
        [
          { title: 'LIBRARY ID', value: (voice) => voice.libraryId },
          { title: 'NAME', value: (voice) => voice.name, flexible: true },
          { title: 'LANGUAGE', value: (voice) => [voice.language, voice.accent].filter(Boolean).join(', ') },
          { title: 'GENDER', value: (voice) => voice.gender ?? '' },
          { title: 'USE', value: (voice) => voice.useCase ?? '' },
          {
            title: 'COST',
            value: (voice) => (voice.priceMultiplier === null ? '' : `x ${figure(voice.priceMultiplier)}`),
            align: 'right',
          },
          {
            title: 'NOTICE',
            value: (voice) => (voice.noticePeriodDays === null ? '' : `${figure(voice.noticePeriodDays)} days`),
          },
          { title: 'DESCRIPTION', value: (voice) => voice.description ?? '', flexible: true },
        ],
        terminal.out,
      ),
    );
    if (hasMore) say(terminal, `There are more: add --page ${options.page + 1}.`);
    return exitCodes.done;
  });

export const addLibraryVoice: Command<{
  readonly workspace: string;
  readonly libraryId: string;
  readonly name: string;
  readonly json?: boolean;
}> = (context, options) =>
  withSession(context, 'edit', async (session) => {
    const { id } = await findWorkspace(session, options.workspace);
    const voice = await session.client.call('voice.addFromLibrary', {
      workspaceId: id,
      libraryId: options.libraryId,
      name: options.name,
    });
    if (options.json === true) writeJson(context.terminal.out, voice);
    else
      context.terminal.out.write(
        `Added ${oneLine(voice.name)}; a cast writes ${oneLine(voice.reference)}. It takes up a voice slot and no credits.\n`,
      );
    return exitCodes.done;
  });
