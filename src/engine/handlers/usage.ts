import type { UsageRow } from '#contract/account.ts';
import { AppError } from '#contract/errors.ts';
import type { ParsedInput } from '#contract/methods/index.ts';
import { listEveryWorkspace, projectNames } from '../database/usage-names.ts';
import { dayFromText, dayOf } from '../database/utc-day.ts';
import type { EngineContext } from './context.ts';
import type { Handlers } from '../router.ts';
import { usageCsv, usageFileName, usageJson } from '../usage/export.ts';
import { queryUsage, type UsageNames } from '../usage/query.ts';
import { defaultSyncDays, syncUsage } from '../usage/sync.ts';
import { chosenWorkspaces, refuseReadOnly } from './account.ts';

/** Longest range of one question: a century, so that a typing mistake asks for no million days. */
const mostDays = 36_525;

const requireDay = (text: string): number => {
  const day = dayFromText(text);
  if (day === null) throw new AppError('invalid_input', `There is no day ${text}. Write a day as 2026-03-31.`);
  return day;
};
const requireRange = (from: string, to: string): { readonly from: number; readonly to: number } => {
  const range = { from: requireDay(from), to: requireDay(to) };
  if (range.from > range.to) throw new AppError('invalid_input', `The range ends (${to}) before it begins (${from}).`);
  if (range.to - range.from > mostDays)
    throw new AppError('invalid_input', 'The range is longer than a hundred years.');
  return range;
};

export const usageHandlers = (
  context: EngineContext,
): Pick<Handlers, 'usage.query' | 'usage.export' | 'usage.sync'> => {
  const { accounts, ports, providers, publish } = context;
  const { database, clock } = ports;

  const names = (by: readonly string[]): UsageNames => {
    const workspaces = listEveryWorkspace(database).map((row) => ({
      ...row,
      costUnit: providers.has(row.provider) ? providers.get(row.provider).abilities.costUnit : 'credits',
    }));
    const seqOf = new Map(workspaces.map(({ id, seq }) => [id as string, seq]));
    const voices = new Map(
      by.includes('voice')
        ? context.voices.list().map(({ workspaceId, voiceId, name }) => [`${seqOf.get(workspaceId)} ${voiceId}`, name])
        : [],
    );
    const projects = projectNames(database);
    return {
      workspaces,
      voice: (workspaceSeq, voiceId) => voices.get(`${workspaceSeq} ${voiceId}`) ?? null,
      project: (projectId) => projects.get(projectId) ?? null,
    };
  };
  const query = async (input: ParsedInput<'usage.query'>): Promise<UsageRow[]> => {
    if (new Set(input.by).size !== input.by.length)
      throw new AppError('invalid_input', 'Usage is asked for twice by the same thing. Name each once.');
    const known = names(input.by);
    const workspace =
      input.workspaceId === undefined ? undefined : known.workspaces.find(({ id }) => id === input.workspaceId);
    if (input.workspaceId !== undefined && workspace === undefined)
      throw new AppError('not_found', 'This workspace is not in the library (any more). Nothing was changed.');
    return queryUsage(
      ports,
      {
        ...requireRange(input.from, input.to),
        by: input.by,
        workspaceSeq: workspace?.seq ?? null,
        projectId: input.projectId ?? null,
        person: input.person ?? null,
        source: input.source,
      },
      known,
    );
  };

  return {
    'usage.query': async (input) => ({ rows: await query(input) }),
    'usage.export': async (input) => {
      const rows = await query(input);
      const byId = new Map(listEveryWorkspace(database).map(({ id, name }) => [id, name]));
      const file = {
        from: input.from,
        to: input.to,
        by: input.by,
        rows,
        workspaceName: ({ workspaceId }: UsageRow) =>
          workspaceId === null ? '' : (byId.get(workspaceId) ?? workspaceId),
      };
      return {
        fileName: usageFileName(file, input.format),
        text: input.format === 'csv' ? usageCsv(file) : usageJson(file),
      };
    },
    'usage.sync': async ({ workspaceId, from, to }) => {
      refuseReadOnly(context);
      const today = dayOf(clock.now());
      const last = to === undefined ? today : requireDay(to);
      const first = from === undefined ? last - defaultSyncDays + 1 : requireDay(from);
      if (first > last) throw new AppError('invalid_input', 'The range ends before it begins. Nothing was fetched.');
      const rows = chosenWorkspaces(context, workspaceId).filter(
        (row) => workspaceId !== undefined || providers.get(row.provider).usage !== undefined,
      );
      return Promise.all(
        rows.map(async (row) => {
          const provider = providers.get(row.provider);
          const done = await syncUsage(ports, provider, row, { from: first, to: last }, accounts.signal);
          if (done.days > 0) publish('usage.changed', { workspaceId: row.id });
          return { workspaceId: row.id, workspaceName: row.name, ...done };
        }),
      );
    },
  };
};
