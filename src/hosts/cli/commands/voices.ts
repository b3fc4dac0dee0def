/** `cuebooth voices`: what can be written into a cast. */
import type { MethodInput } from '#contract/methods/index.ts';
import type { Voice } from '#contract/voices.ts';
import { findWorkspace, say, withSession, type Command, type CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { writeJson } from '../output/json.ts';
import { formatTable, type Column } from '../output/table.ts';
import { ago, figure, utcDay } from '../output/words.ts';

export interface VoicesOptions {
  readonly workspace?: string;
  readonly search?: string;
  readonly words?: readonly string[];
  readonly language?: string;
  readonly accent?: string;
  readonly gender?: string;
  readonly age?: string;
  readonly useCase?: string;
  readonly category?: string;
  readonly style?: string;
  readonly model?: string;
  readonly maxMultiplier?: number;
  readonly notice?: 'any' | 'notice' | 'none';
  readonly favourites?: boolean;
  readonly json?: boolean;
}

const costWords = (voice: Voice): string => {
  if (voice.free) return 'free';
  return voice.priceMultiplier === null || voice.priceMultiplier === 1
    ? 'credits'
    : `credits x ${figure(voice.priceMultiplier)}`;
};

/** Why a cast should not name it any more; empty for a voice that stays. */
export const noticeWords = (voice: Voice): string => {
  if (voice.availability === 'gone') return 'gone';
  if (voice.availability === 'available') return '';
  if (voice.noticeEndsAt !== null) return `until ${utcDay(voice.noticeEndsAt)}`;
  return voice.noticePeriodDays === null ? 'notice given' : `${figure(voice.noticePeriodDays)} days' notice given`;
};

export const voiceColumns = (voices: readonly Voice[]): Column<Voice>[] => [
  { title: 'VOICE', value: (voice) => `${voice.reference}${voice.favourite ? ' *' : ''}` },
  {
    title: 'NAME',
    value: (voice) => (voice.alias === null ? voice.name : `${voice.alias} (${voice.name})`),
    flexible: true,
  },
  { title: 'LANGUAGE', value: (voice) => voice.language ?? '' },
  { title: 'GENDER', value: (voice) => voice.gender ?? '' },
  { title: 'COST', value: costWords },
  ...(voices.some((voice) => noticeWords(voice) !== '') ? [{ title: 'NOTICE', value: noticeWords }] : []),
  { title: 'DESCRIPTION', value: (voice) => voice.description ?? '', flexible: true },
];

const queryOf = (options: VoicesOptions): Omit<MethodInput<'voice.list'>, 'workspaceId'> => {
  const search = [options.search, ...(options.words ?? [])].filter((word) => word !== undefined).join(' ');
  const { language, accent, gender, age, useCase, category, style, model, maxMultiplier, notice } = options;
  const given = { language, accent, gender, age, useCase, category, style, model, maxMultiplier, notice };
  return {
    ...(search === '' ? {} : { search }),
    ...(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<
      MethodInput<'voice.list'>
    >),
    favouritesOnly: options.favourites ?? false,
  };
};

const sayAges = (
  { terminal }: CommandContext,
  catalogues: readonly {
    readonly workspaceName: string;
    readonly readAt: number | null;
    readonly message: string | null;
  }[],
): void => {
  for (const { workspaceName, readAt, message } of catalogues)
    if (message !== null)
      say(
        terminal,
        `${workspaceName}: ${message}${readAt === null ? '' : ` The list is of ${ago(readAt, terminal.now())}.`}`,
      );
};

export const listVoices: Command<VoicesOptions> = (context, options) =>
  withSession(context, 'read', async (session) => {
    const { terminal } = context;
    const workspaceId =
      options.workspace === undefined ? undefined : (await findWorkspace(session, options.workspace)).id;
    const { voices, unavailable, catalogues } = await session.client.call('voice.list', {
      ...queryOf(options),
      ...(workspaceId === undefined ? {} : { workspaceId }),
    });
    for (const entry of unavailable) say(terminal, entry.message);
    if (options.json === true) writeJson(terminal.out, voices);
    else {
      sayAges(
        context,
        catalogues.filter((state) => unavailable.every((entry) => entry.workspaceId !== state.workspaceId)),
      );
      if (voices.length === 0) say(terminal, 'No voice was found.');
      terminal.out.write(formatTable(voices, voiceColumns(voices), terminal.out));
    }
    return exitCodes.done;
  });

/** Free. */
export const refreshVoices: Command<{ readonly workspace?: string; readonly json?: boolean }> = (context, options) =>
  withSession(context, 'edit', async (session) => {
    const { terminal } = context;
    const states = await session.client.call(
      'voice.refresh',
      options.workspace === undefined ? {} : { workspaceId: (await findWorkspace(session, options.workspace)).id },
    );
    if (options.json === true) writeJson(terminal.out, states);
    else {
      terminal.out.write(
        formatTable(
          states,
          [
            { title: 'WORKSPACE', value: (state) => state.workspaceName },
            { title: 'VOICES', value: (state) => figure(state.voices), align: 'right' },
            { title: 'READ', value: (state) => (state.readAt === null ? 'never' : ago(state.readAt, terminal.now())) },
            { title: 'NOTE', value: (state) => state.message ?? '', flexible: true },
          ],
          terminal.out,
        ),
      );
      if (states.length === 0) say(terminal, 'There is no workspace yet; `cuebooth workspace add` makes one.');
    }
    return exitCodes.done;
  });
