/** `cuebooth history`: one list over our takes and the vendors' own histories. */
import { basename, dirname, extname, resolve } from 'node:path';
import type { Take, Workspace } from '#contract/entities.ts';
import type { HistoryEntry, HistorySync } from '#contract/history.ts';
import type { MethodInput } from '#contract/methods/index.ts';
import { AppError } from '#contract/errors.ts';
import { findWorkspace, say, withSession, type Command } from '../context.ts';
import { exitCodeOfMeter, exitCodes, type ExitCode } from '../exit-codes.ts';
import { fillFolder } from '../out/fill-folder.ts';
import { writeJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';
import { oneLine } from '../output/width.ts';
import { counted, figure, moment } from '../output/words.ts';
import type { Session } from '../session.ts';

export interface HistorySearchOptions {
  readonly words: readonly string[];
  readonly workspace?: readonly string[];
  readonly voice?: string;
  readonly model?: string;
  readonly status?: string;
  readonly source?: string;
  readonly project?: string;
  readonly person?: string;
  readonly from?: string;
  readonly to?: string;
  readonly minCredits?: number;
  readonly maxCredits?: number;
  readonly origin?: 'cuebooth' | 'vendor';
  readonly limit: number;
  readonly after?: string;
  readonly best?: boolean;
  readonly json?: boolean;
}
const pageSize = 500;

/** The first moment of a day of this computer's clock, `later` days on. */
const startOfDay = (day: string, later = 0): number => {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).getTime();
};

/** `from` and `to` are days of this computer's clock, both within, because that is how the times are shown. */
export const searchHistory: Command<HistorySearchOptions> = (context, options) =>
  withSession(context, 'read', async (session) => {
    const { terminal } = context;
    const workspaceIds = [];
    for (const name of options.workspace ?? []) workspaceIds.push((await findWorkspace(session, name)).id);
    const given = <Name extends string, Value>(name: Name, value: Value | undefined) =>
      (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: Value };
    const query: MethodInput<'history.search'> = {
      text: options.words.join(' '),
      ...(workspaceIds.length === 0 ? {} : { workspaceIds }),
      ...given('origin', options.origin),
      ...given('voice', options.voice),
      ...given('model', options.model),
      ...given('status', options.status),
      ...given('vendorSource', options.source),
      ...given('project', options.project),
      ...given('person', options.person),
      ...given('from', options.from === undefined ? undefined : startOfDay(options.from)),
      ...given('to', options.to === undefined ? undefined : startOfDay(options.to, 1)),
      ...given('minCredits', options.minCredits),
      ...given('maxCredits', options.maxCredits),
      order: options.best === true ? 'best' : 'newest',
    };
    const entries: HistoryEntry[] = [];
    let cursor: string | null = options.after ?? null;
    do {
      const page: { readonly entries: readonly HistoryEntry[]; readonly cursor: string | null } =
        await session.client.call('history.search', {
          ...query,
          ...(cursor === null ? {} : { after: cursor }),
          limit: Math.min(pageSize, options.limit - entries.length),
        });
      entries.push(...page.entries);
      cursor = page.entries.length === 0 ? null : page.cursor;
    } while (cursor !== null && entries.length < options.limit);

    if (options.json === true) {
      writeJson(terminal.out, { entries, cursor });
      return exitCodes.done;
    }
    if (entries.length === 0) say(terminal, "Nothing was found. `cuebooth history sync` reads the vendors' own lists.");
    terminal.out.write(
      formatTable(
        entries,
        [
          { title: 'MADE', value: (entry) => moment(entry.at) },
          { title: 'WORKSPACE', value: (entry) => entry.workspaceName },
          { title: 'VOICE', value: (entry) => entry.voiceName, flexible: true },
          {
            title: 'WHERE',
            value: (entry) => (entry.origin === 'cuebooth' ? (entry.project ?? '') : (entry.vendorSource ?? 'vendor')),
          },
          { title: 'STATUS', value: (entry) => entry.status },
          { title: 'CREDITS', value: (entry) => (entry.credits === null ? '' : figure(entry.credits)), align: 'right' },
          { title: 'TEXT', value: (entry) => entry.text, flexible: true },
          { title: 'NOTE', value: (entry) => entry.note, flexible: true },
          { title: 'ID', value: (entry) => entry.id },
        ],
        terminal.out,
      ),
    );
    if (cursor !== null) say(terminal, `There are more: add --after ${JSON.stringify(cursor)}, or a larger --limit.`);
    return exitCodes.done;
  });

export interface HistorySyncOptions {
  readonly workspace?: string;
  readonly backfill?: boolean;
  readonly pages: number;
  readonly json?: boolean;
}

const noHistory = async ({ client }: Session, { name, provider }: Workspace): Promise<string> => {
  const offer = (await client.call('workspace.providers', {})).find((entry) => entry.provider === provider);
  return `${oneLine(name)}: ${offer?.title ?? provider} keeps no history.`;
};

/** Why a sync stopped stands in words only, so that the account's state, and then the free test, say which code it is. */
const exitCodeOfSync = async (
  { client }: Session,
  { id }: Workspace,
  sync: HistorySync | undefined,
): Promise<ExitCode> => {
  if (sync === undefined || sync.message === null || sync.added > 0) return exitCodes.done;
  const meters = await client.call('account.meters', {}).catch(() => []);
  const known = exitCodeOfMeter(meters.find(({ workspaceId }) => workspaceId === id));
  if (known !== exitCodes.done) return known;
  const test = await client.call('workspace.test', { workspaceId: id }).catch(() => null);
  const isRefused = test?.checks.some(({ missing }) => missing === 'speech_history_read') === true;
  return isRefused ? exitCodes.account : exitCodes.done;
};

export const syncHistory: Command<HistorySyncOptions> = (context, options) =>
  withSession(context, 'edit', async (session) => {
    const { terminal } = context;
    const named = options.workspace === undefined ? null : await findWorkspace(session, options.workspace);
    const synced = await session.client.call('history.sync', {
      ...(named === null ? {} : { workspaceId: named.id }),
      backfill: options.backfill ?? false,
      pages: options.pages,
    });
    const exitCode = named === null ? exitCodes.done : await exitCodeOfSync(session, named, synced[0]);
    if (options.json === true) {
      writeJson(terminal.out, synced);
      return exitCode;
    }
    if (synced.length === 0 && named !== null) say(terminal, await noHistory(session, named));
    else if (synced.length === 0) say(terminal, 'No workspace here has a vendor that keeps a history.');
    for (const { workspaceName, added, linked, complete, oldestAt, message } of synced) {
      const reach = complete
        ? 'all of it is here'
        : oldestAt === null
          ? 'nothing was read yet'
          : `read back to ${moment(oldestAt)}; --backfill goes on`;
      terminal.out.write(
        `${oneLine(workspaceName)}: ${counted(added, 'new item')}, ${counted(linked, 'is', 'are')} ours; ${reach}.\n`,
      );
      if (message !== null) say(terminal, `${workspaceName}: ${oneLine(message)}`);
    }
    return exitCode;
  });

/** With the ending that its bytes have. Throws `invalid_input` for another one: such a file would not open. */
const outFile = (folder: string, named: string, take: Pick<Take, 'id' | 'format'>): string => {
  const file = resolve(folder, named);
  const ending = `.${take.format}`;
  const typed = extname(file).toLowerCase();
  if (typed === ending) return file;
  if (typed === '') return `${file}${ending}`;
  throw new AppError(
    'invalid_input',
    `The audio is ${take.format}, so the file must end in ${ending}; ${named} was not written. The take ${take.id} is in the library, and fetching it again is free.`,
  );
};

/** Free: the vendor keeps the audio of what was paid for. */
export const fetchHistoryAudio: Command<{ readonly id: string; readonly out?: string; readonly json?: boolean }> = (
  context,
  options,
) =>
  withSession(context, 'edit', async (session) => {
    const { terminal } = context;
    const take = await session.client.call('history.fetchAudio', { id: options.id });
    const stored = session.mediaFile(take);
    const file = options.out === undefined ? stored : outFile(context.folder, options.out, take);
    if (file !== stored)
      await fillFolder(dirname(file), [
        { name: basename(file), source: stored, sha256: take.sha256, bytes: take.bytes },
      ]);
    if (options.json === true) writeJson(terminal.out, { ...take, file });
    else terminal.out.write(`${take.id}: ${file}\n`);
    return exitCodes.done;
  });

export const noteHistory: Command<{ readonly id: string; readonly text: string; readonly json?: boolean }> = (
  context,
  options,
) =>
  withSession(context, 'edit', async ({ client }) => {
    const entry = await client.call('history.setNote', { id: options.id, note: options.text });
    if (options.json === true) writeJson(context.terminal.out, entry);
    else context.terminal.out.write(entry.note === '' ? 'The note is gone.\n' : `Noted: ${oneLine(entry.note)}\n`);
    return exitCodes.done;
  });
