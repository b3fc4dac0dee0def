/** Usage by one to three dimensions: a single one, with or without the time, comes from the roll-ups, others are scanned. */
import type { UsageDimension, UsageRow } from '#contract/account.ts';
import type { ProviderId, WorkspaceId } from '#contract/entities.ts';
import { scanUsage } from '../database/usage-scan.ts';
import { listUsageTotals } from '../database/usage-totals.ts';
import { pairMark, type UsageFact, type UsageKeyDimension } from '../database/usage-facts.ts';
import { listVendorUsage } from '../database/usage-vendor.ts';
import { dayText, monthOfDay, monthText } from '../database/utc-day.ts';
import type { Clock, ReadableDatabase } from '../ports.ts';
import { byDay, plus, rowsFor, vendorCredits, type VendorDimension } from './vendor-rows.ts';

export interface UsageWorkspace {
  readonly seq: number;
  readonly id: WorkspaceId;
  readonly name: string;
  readonly provider: ProviderId;
  readonly costUnit: string;
}
/** What ids are shown as. Null: the id itself is shown. */
export interface UsageNames {
  readonly workspaces: readonly UsageWorkspace[];
  voice(workspaceSeq: number, voiceId: string): string | null;
  project(projectId: string): string | null;
}
export interface UsageOrder {
  readonly from: number;
  readonly to: number;
  readonly by: readonly UsageDimension[];
  readonly workspaceSeq: number | null;
  readonly projectId: string | null;
  readonly person: string | null;
  readonly source: 'ledger' | 'vendor' | 'both';
}

/** Everything rendered here is speech; vendors name more products. */
const ownProduct = 'speech';
const nothing = '(none)';

type Values = Readonly<Partial<Record<UsageDimension, string>>>;
type Sums = Pick<UsageRow, 'credits' | 'characters' | 'seconds' | 'minutes' | 'takes'>;
type Grain = 'day' | 'month' | 'range';

const grainOf = ({ by }: UsageOrder): Grain => (by.includes('day') ? 'day' : by.includes('month') ? 'month' : 'range');

interface Group {
  readonly periods: number[];
  readonly rows: UsageRow[];
  amount: number;
}
/** Collects rows and hands them out in order: by time first, then what was used most in the whole range. */
const createRows = (order: UsageOrder, names: UsageNames) => {
  const grain = grainOf(order);
  const workspaces = new Map(names.workspaces.map((workspace) => [workspace.seq, workspace]));
  const groups = new Map<string, Group>();
  const dayAt = order.by.indexOf('day');
  const monthAt = order.by.indexOf('month');
  const days = new Map<number, string>();
  const textOf = (period: number): string => {
    let text = days.get(period);
    if (text === undefined) {
      text = grain === 'day' ? dayText(period) : monthText(period);
      days.set(period, text);
    }
    return text;
  };
  const atTime = (template: readonly string[], period: number): string[] => {
    const values = template.slice();
    if (dayAt >= 0) values[dayAt] = textOf(period);
    if (monthAt >= 0) values[monthAt] = textOf(period).slice(0, 7);
    return values;
  };
  const shown = (dimension: UsageDimension, workspaceSeq: number, id: string, told: string | null): string => {
    if (dimension === 'workspace') return workspaces.get(workspaceSeq)?.name ?? id;
    if (id === '') return nothing;
    if (dimension === 'voice') return names.voice(workspaceSeq, id) ?? told ?? id;
    return dimension === 'project' ? (names.project(id) ?? id) : id;
  };
  return {
    /** What all rows of one workspace and these values share; the returned function adds a row of one period. */
    of: (workspaceSeq: number, values: Values, voiceName: string | null, source: UsageRow['source']) => {
      const workspace = workspaces.get(workspaceSeq);
      const workspaceId = workspace?.id ?? null;
      const provider = workspace?.provider ?? null;
      const ids = order.by.map((dimension) =>
        dimension === 'workspace' ? (workspaceId ?? '') : (values[dimension] ?? ''),
      );
      const keys = order.by.map((dimension, index) => shown(dimension, workspaceSeq, ids[index] ?? '', voiceName));
      const isSame = ids.every((id, index) => id === keys[index] || index === dayAt || index === monthAt);
      const name = JSON.stringify([workspaceSeq, source, ids]);
      const group = groups.get(name) ?? { periods: [], rows: [], amount: 0 };
      groups.set(name, group);
      // Numbers one by one: two years by voice and day are some ten thousand rows.
      return (
        period: number,
        credits: number | null,
        characters: number | null,
        seconds: number | null,
        minutes: number | null,
        takes: number | null,
      ): void => {
        const ownIds = grain === 'range' ? ids : atTime(ids, period);
        group.rows.push({
          labels: grain === 'range' ? keys : isSame ? ownIds : atTime(keys, period),
          ids: ownIds,
          workspaceId,
          provider,
          source,
          credits,
          characters,
          seconds,
          minutes,
          takes,
        });
        group.periods.push(period);
        group.amount += credits ?? seconds ?? characters ?? 0;
      };
    },
    inOrder: (): UsageRow[] => {
      const first = grain === 'month' ? monthOfDay(order.from) : order.from;
      const times: UsageRow[][] = [];
      for (const { rows, periods } of [...groups.values()].sort((a, b) => b.amount - a.amount)) {
        for (let index = 0; index < rows.length; index += 1) {
          const row = rows[index];
          const place = grain === 'range' ? 0 : (periods[index] ?? first) - first;
          if (row !== undefined) (times[place] ??= []).push(row);
        }
      }
      const all: UsageRow[] = [];
      for (const rows of times) if (rows !== undefined) for (const row of rows) all.push(row);
      return all;
    },
  };
};
type Rows = ReturnType<typeof createRows>;

/** The one dimension whose roll-up answers this, or null. */
export const rollupFor = ({
  by,
  projectId,
  person,
}: Pick<UsageOrder, 'by' | 'projectId' | 'person'>): UsageKeyDimension | null => {
  const needed = new Set<UsageKeyDimension>();
  for (const dimension of by) {
    if (dimension !== 'day' && dimension !== 'month' && dimension !== 'workspace' && dimension !== 'product')
      needed.add(dimension);
  }
  if (projectId !== null) needed.add('project');
  if (person !== null) needed.add('person');
  const [first, ...others] = needed;
  if (others.length === 0) return first ?? 'workspace';
  return needed.size === 2 && needed.has('project') && needed.has('person') ? 'project_person' : null;
};

/** Sums of fractions without the noise that the order of adding leaves behind: millionths are enough for anybody. */
const tidy = (amount: number): number => (Number.isInteger(amount) ? amount : Math.round(amount * 1e6) / 1e6);

const fromRollup = (database: ReadableDatabase, order: UsageOrder, rows: Rows, dimension: UsageKeyDimension): void => {
  const split = (key: string): Values => {
    if (dimension !== 'project_person') return dimension === 'workspace' ? {} : { [dimension]: key };
    const at = key.indexOf(pairMark);
    return { project: key.slice(0, at), person: key.slice(at + 1) };
  };
  const isWanted = (key: string): boolean => {
    const { project, person } = split(key);
    return (
      (order.projectId === null || project === order.projectId) && (order.person === null || person === order.person)
    );
  };
  for (const { workspaceSeq, key, periods } of listUsageTotals(database, {
    dimension,
    from: order.from,
    to: order.to,
    grain: grainOf(order),
    workspaceSeq: order.workspaceSeq ?? undefined,
    keys: isWanted,
  })) {
    const add = rows.of(workspaceSeq, { ...split(key), product: ownProduct }, null, 'ledger');
    for (const { period, credits, characters, seconds, takes } of periods)
      add(period, tidy(credits), characters, tidy(seconds), null, takes);
  }
};

const periodOf = (grain: Grain, day: number): number =>
  grain === 'day' ? day : grain === 'month' ? monthOfDay(day) : 0;

const fromScan = async (
  database: ReadableDatabase,
  clock: Pick<Clock, 'breathe'>,
  order: UsageOrder,
  rows: Rows,
): Promise<void> => {
  const grain = grainOf(order);
  const dimensions = order.by.filter(
    (dimension) => dimension !== 'day' && dimension !== 'month' && dimension !== 'workspace' && dimension !== 'product',
  );
  const found = new Map<string, { -readonly [K in keyof UsageFact]: UsageFact[K] }>();
  for (const facts of scanUsage(database, order.from, order.to)) {
    for (const fact of facts) {
      if (order.workspaceSeq !== null && fact.workspace_seq !== order.workspaceSeq) continue;
      if (order.projectId !== null && fact.project !== order.projectId) continue;
      if (order.person !== null && fact.person !== order.person) continue;
      const values = dimensions.map((dimension) => fact[dimension]);
      const name = JSON.stringify([fact.workspace_seq, periodOf(grain, fact.day), ...values]);
      const there = found.get(name);
      if (there === undefined) {
        found.set(name, { ...fact });
        continue;
      }
      there.credits += fact.credits;
      there.characters += fact.characters;
      there.seconds += fact.seconds;
      there.takes += fact.takes;
    }
    await clock.breathe();
  }
  for (const { workspace_seq: workspaceSeq, day, credits, characters, seconds, takes, ...values } of found.values()) {
    const add = rows.of(workspaceSeq, { ...values, product: ownProduct }, null, 'ledger');
    add(periodOf(grain, day), tidy(credits), characters, tidy(seconds), null, takes);
  }
};

const vendorDimensions: readonly string[] = [
  'voice',
  'style',
  'language',
  'model',
  'product',
] satisfies VendorDimension[];
/** A vendor knows neither our projects nor who ordered. */
const vendorCanTell = ({ by, projectId, person }: UsageOrder): boolean =>
  projectId === null &&
  person === null &&
  by.every((dimension) => ['day', 'month', 'workspace', ...vendorDimensions].includes(dimension));

const fromVendor = (database: ReadableDatabase, order: UsageOrder, names: UsageNames, rows: Rows): void => {
  const dimensions = order.by.filter((dimension): dimension is VendorDimension => vendorDimensions.includes(dimension));
  const grain = grainOf(order);
  for (const { seq, costUnit } of names.workspaces) {
    if (order.workspaceSeq !== null && seq !== order.workspaceSeq) continue;
    const found = new Map<
      string,
      { readonly period: number; readonly values: Values; voiceName: string | null; sums: Sums }
    >();
    for (const [day, stored] of byDay(listVendorUsage(database, seq, order.from, order.to))) {
      for (const row of rowsFor(stored, dimensions)) {
        const period = periodOf(grain, day);
        const values = Object.fromEntries(dimensions.map((dimension) => [dimension, row[dimension]]));
        const name = JSON.stringify([period, ...Object.values(values)]);
        const there = found.get(name);
        const seconds = row.minutes === null ? null : plus(row.minutes * 60, 0);
        found.set(name, {
          period,
          values,
          voiceName: row.voiceName ?? there?.voiceName ?? null,
          sums: {
            credits: plus(there?.sums.credits ?? null, vendorCredits(row, costUnit)),
            characters: plus(there?.sums.characters ?? null, row.characters),
            seconds: plus(there?.sums.seconds ?? null, seconds),
            minutes: plus(there?.sums.minutes ?? null, row.minutes),
            takes: null,
          },
        });
      }
    }
    for (const { period, values, voiceName, sums } of found.values()) {
      const add = rows.of(seq, values, voiceName, 'vendor');
      add(period, sums.credits, sums.characters, sums.seconds, sums.minutes, null);
    }
  }
};

export const queryUsage = async (
  { database, clock }: { readonly database: ReadableDatabase; readonly clock: Pick<Clock, 'breathe'> },
  order: UsageOrder,
  names: UsageNames,
): Promise<UsageRow[]> => {
  const rows = createRows(order, names);
  if (order.source !== 'vendor') {
    const dimension = rollupFor(order);
    if (dimension === null) await fromScan(database, clock, order, rows);
    else fromRollup(database, order, rows, dimension);
  }
  if (order.source !== 'ledger' && vendorCanTell(order)) fromVendor(database, order, names, rows);
  return rows.inOrder();
};
