/**
 * What the history is narrowed to: names and texts, the same in the address, in a saved search and on the screen.
 * A period is kept by its name, so that "last 7 days" saved in May means other days in June.
 */
import type { Workspace } from '#contract/entities.ts';
import type { MethodInput } from '#contract/methods/index.ts';

export const filterNames = [
  'text',
  'when',
  'from',
  'to',
  'workspace',
  'origin',
  'voice',
  'model',
  'status',
  'source',
  'project',
  'person',
  'minCredits',
  'maxCredits',
  'suspect',
  'order',
] as const;
export type FilterName = (typeof filterNames)[number];
export type HistoryFilter = Readonly<Partial<Record<FilterName, string>>>;

export const periods = ['today', 'week', 'month', 'quarter', 'thisMonth', 'lastMonth', 'thisYear', 'lastYear'] as const;
export type Period = (typeof periods)[number];
const dayMs = 86_400_000;

/** Epoch ms of a period of this machine's calendar, `from` inclusive, `to` exclusive; null: open. */
export const rangeOf = (period: Period, now: number): { readonly from: number; readonly to: number | null } => {
  const today = new Date(now);
  const [year, month, day] = [today.getFullYear(), today.getMonth(), today.getDate()];
  const ago = (days: number): number => new Date(year, month, day - days + 1).getTime();
  switch (period) {
    case 'today':
      return { from: ago(1), to: null };
    case 'week':
      return { from: ago(7), to: null };
    case 'month':
      return { from: ago(30), to: null };
    case 'quarter':
      return { from: ago(90), to: null };
    case 'thisMonth':
      return { from: new Date(year, month, 1).getTime(), to: null };
    case 'lastMonth':
      return { from: new Date(year, month - 1, 1).getTime(), to: new Date(year, month, 1).getTime() };
    case 'thisYear':
      return { from: new Date(year, 0, 1).getTime(), to: null };
    case 'lastYear':
      return { from: new Date(year - 1, 0, 1).getTime(), to: new Date(year, 0, 1).getTime() };
  }
};

/** A day (`2026-04-01`, this machine's) or epoch ms; `end`: the moment after the day. */
export const momentOf = (text: string | undefined, end: boolean): number | undefined => {
  if (text === undefined || text === '') return undefined;
  if (/^\d{9,16}$/.test(text)) return Number(text);
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (day === undefined) return undefined;
  return new Date(Number(year), Number(month) - 1, Number(day) + (end ? 1 : 0)).getTime();
};
/** The day of a moment, for a date field; `end`: the last day before it. */
export const dayOf = (text: string | undefined, end: boolean): string => {
  if (text === undefined || !/^\d{9,16}$/.test(text)) return text ?? '';
  const at = new Date(Number(text) - (end ? dayMs / 2 : 0));
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
};

/** Of any names those that are known here and say something. */
export const filterOf = (query: Readonly<Record<string, string>>): HistoryFilter =>
  Object.fromEntries(
    filterNames.flatMap((name) => {
      const value = query[name]?.trim() ?? '';
      return value === '' || (name === 'order' && value === 'newest')
        ? []
        : [[name, name === 'text' ? query[name] : value]];
    }),
  );
export const sameFilter = (a: HistoryFilter, b: HistoryFilter): boolean =>
  filterNames.every((name) => (a[name] ?? '') === (b[name] ?? ''));
/** Nothing is narrowed: the whole list, newest first. */
export const isWhole = (filter: HistoryFilter): boolean =>
  filterNames.every((name) => (filter[name] ?? '').trim() === '' || (name === 'order' && filter.order !== 'best')) ||
  (filter.order === 'best' && filterNames.every((name) => name === 'order' || (filter[name] ?? '').trim() === ''));

const amount = (text: string | undefined): number | undefined => {
  const value = text === undefined || text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
};
const isPeriod = (text: string | undefined): text is Period => periods.some((period) => period === text);

type SearchInput = MethodInput<'history.search'>;
/** The engine's question. A workspace is known by its id or its name; one that is neither finds nothing. */
export const searchOf = (
  filter: HistoryFilter,
  workspaces: readonly Pick<Workspace, 'id' | 'name'>[],
  now: number,
): SearchInput => {
  const period = isPeriod(filter.when) ? rangeOf(filter.when, now) : null;
  const from = period?.from ?? momentOf(filter.from, false);
  const to = period === null ? momentOf(filter.to, true) : (period.to ?? undefined);
  const only = <N extends keyof SearchInput>(name: N, value: SearchInput[N] | undefined): Partial<SearchInput> =>
    value === undefined || value === '' ? {} : { [name]: value };
  return {
    ...only('text', filter.text?.trim()),
    ...only(
      'workspaceIds',
      filter.workspace === undefined
        ? undefined
        : workspaces.filter(({ id, name }) => id === filter.workspace || name === filter.workspace).map(({ id }) => id),
    ),
    ...only('origin', filter.origin === 'cuebooth' || filter.origin === 'vendor' ? filter.origin : undefined),
    ...only('voice', filter.voice),
    ...only('model', filter.model),
    ...only('status', filter.status),
    ...only('vendorSource', filter.source),
    ...only('project', filter.project),
    ...only('person', filter.person),
    ...only('from', from),
    ...only('to', to),
    ...only('minCredits', amount(filter.minCredits)),
    ...only('maxCredits', amount(filter.maxCredits)),
    ...(filter.suspect === undefined ? {} : { suspect: true }),
    ...(filter.order === 'best' && (filter.text ?? '').trim() !== '' ? { order: 'best' as const } : {}),
  };
};
