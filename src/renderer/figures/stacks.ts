/** Usage rows as layers of a stacked chart and as its table: both are drawn from the same figures. Pure. */
import type { UsageRow } from '#contract/account.ts';
import type { CostUnit } from '../components/credit-units.ts';

export const measures = ['cost', 'minutes', 'takes', 'characters'] as const;
export type Measure = (typeof measures)[number];
export const layerDimensions = ['workspace', 'voice', 'project', 'person', 'model'] as const;
export type LayerDimension = (typeof layerDimensions)[number];

/** Null: the source does not tell it. */
export const valueOf = (row: UsageRow, measure: Measure): number | null => {
  if (measure === 'cost') return row.credits;
  if (measure === 'takes') return row.takes;
  if (measure === 'characters') return row.characters;
  return row.minutes ?? (row.seconds === null ? null : row.seconds / 60);
};

export interface Layer {
  readonly key: string;
  readonly label: string;
  /** Null: the rest, which is of many. */
  readonly id: string | null;
  readonly workspaceId: string | null;
  readonly total: number;
  /** One for each step. */
  readonly values: readonly number[];
}
export interface Stack {
  readonly key: string;
  /** Of one vendor's unit; null: minutes, takes and characters are alike everywhere. */
  readonly provider: UsageRow['provider'];
  readonly unit: CostUnit | null;
  readonly steps: readonly string[];
  /** Largest first; the rest is last. */
  readonly layers: readonly Layer[];
  readonly total: number;
  /** The vendor's own figure beside our layers, one for each step; null: it tells none, or is itself what is stacked. */
  readonly vendor: readonly (number | null)[] | null;
  readonly vendorTotal: number | null;
}

export interface StackOrder {
  readonly rows: readonly UsageRow[];
  /** The vendors' totals by step and workspace: what a line is drawn from where our own are stacked. */
  readonly vendorRows: readonly UsageRow[];
  readonly steps: readonly string[];
  readonly measure: Measure;
  readonly dimension: LayerDimension;
  readonly source: 'ledger' | 'vendor' | 'both';
  readonly unitOf: (row: UsageRow) => CostUnit;
  /** What the rest is called. */
  readonly restLabel: string;
  /** Layers shown singly. Default 7: as many colours as can be told apart. */
  readonly most?: number;
}

const tidy = (amount: number): number => Math.round(amount * 1e6) / 1e6;
/** The same project or person is one layer over a vendor's workspaces; a voice id means nothing outside its own. */
const layerKey = (row: UsageRow, dimension: LayerDimension): string => {
  const id = row.ids[1] ?? '';
  return dimension === 'voice' ? `${row.workspaceId ?? ''} ${id}` : id;
};

const layersOf = (rows: readonly UsageRow[], places: ReadonlyMap<string, number>, order: StackOrder): Layer[] => {
  const found = new Map<string, Omit<Layer, 'values' | 'total'> & { total: number; readonly values: number[] }>();
  for (const row of rows) {
    const value = valueOf(row, order.measure);
    const place = places.get(row.ids[0] ?? '');
    if (value === null || place === undefined) continue;
    const key = layerKey(row, order.dimension);
    const layer = found.get(key) ?? {
      key,
      label: row.labels[1] ?? key,
      id: row.ids[1] ?? '',
      workspaceId: order.dimension === 'voice' || order.dimension === 'workspace' ? row.workspaceId : null,
      total: 0,
      values: order.steps.map(() => 0),
    };
    found.set(key, layer);
    layer.total += value;
    layer.values[place] = (layer.values[place] ?? 0) + value;
  }
  const sorted = [...found.values()]
    .filter(({ total, values }) => total !== 0 || values.some((value) => value !== 0))
    .toSorted((a, b) => b.total - a.total)
    .map((layer) => ({ ...layer, total: tidy(layer.total), values: layer.values.map(tidy) }));
  const most = order.most ?? 7;
  if (sorted.length <= most) return sorted;
  const rest = sorted.slice(most - 1);
  return [
    ...sorted.slice(0, most - 1),
    {
      key: 'rest',
      label: order.restLabel,
      id: null,
      workspaceId: null,
      total: tidy(rest.reduce((sum, { total }) => sum + total, 0)),
      values: order.steps.map((_, step) => tidy(rest.reduce((sum, { values }) => sum + (values[step] ?? 0), 0))),
    },
  ];
};

const vendorLine = (rows: readonly UsageRow[], places: ReadonlyMap<string, number>, order: StackOrder) => {
  const line: (number | null)[] = order.steps.map(() => null);
  for (const row of rows) {
    const value = valueOf(row, order.measure);
    const place = places.get(row.ids[0] ?? '');
    if (value !== null && place !== undefined) line[place] = tidy((line[place] ?? 0) + value);
  }
  return line.some((value) => value !== null) ? line : null;
};

/** One stack for each vendor's unit, or a single one where the measure is alike everywhere. */
export const stacksOf = (order: StackOrder): readonly Stack[] => {
  const places = new Map(order.steps.map((step, index) => [step, index]));
  const wanted = order.source === 'vendor' ? 'vendor' : 'ledger';
  const groupOf = (row: UsageRow): string => (order.measure === 'cost' ? (row.provider ?? '') : 'all');
  const groups = new Map<string, UsageRow[]>();
  const isCounted = (row: UsageRow): boolean => order.measure !== 'cost' || order.unitOf(row) !== 'free';
  for (const row of order.rows) {
    if (row.source !== wanted || !isCounted(row)) continue;
    const group = groups.get(groupOf(row));
    if (group === undefined) groups.set(groupOf(row), [row]);
    else group.push(row);
  }
  const vendorRows = order.source === 'both' ? order.vendorRows.filter(isCounted) : [];
  for (const row of vendorRows) if (!groups.has(groupOf(row))) groups.set(groupOf(row), []);
  return [...groups]
    .map(([key, rows]): Stack => {
      // Minutes that one vendor tells are nothing to hold beside the minutes of three.
      const tellers = new Set(
        vendorRows.filter((row) => valueOf(row, order.measure) !== null).map(({ workspaceId }) => workspaceId),
      );
      const isWhole = order.measure === 'cost' || rows.every(({ workspaceId }) => tellers.has(workspaceId));
      const told = isWhole ? vendorRows.filter((row) => groupOf(row) === key) : [];
      const layers = layersOf(rows, places, order);
      const vendor = vendorLine(told, places, order);
      const sample = rows[0] ?? told[0];
      return {
        key,
        provider: order.measure === 'cost' ? (sample?.provider ?? null) : null,
        unit: order.measure === 'cost' && sample !== undefined ? order.unitOf(sample) : null,
        steps: order.steps,
        layers,
        total: tidy(layers.reduce((sum, { total }) => sum + total, 0)),
        vendor,
        vendorTotal: vendor === null ? null : tidy(vendor.reduce<number>((sum, value) => sum + (value ?? 0), 0)),
      };
    })
    .filter(({ layers, vendorTotal }) => layers.length > 0 || (vendorTotal ?? 0) > 0)
    .toSorted((a, b) => b.total - a.total);
};

/** What a chart draws: each layer on top of those that are shown before it, so that the topmost is the total. */
export const piledUp = (layers: readonly Layer[]): number[][] => {
  let below: readonly number[] = [];
  return layers.map(({ values }) => {
    const pile = values.map((value, step) => tidy(value + (below[step] ?? 0)));
    below = pile;
    return pile;
  });
};

/** Of 0 and more, in whole per cent; what is there but below half a per cent is not none. */
export const percentOf = (part: number, whole: number): number =>
  whole <= 0 || part <= 0 ? 0 : Math.max(1, Math.round((100 * part) / whole));

/** The change against the time before in whole per cent; null where there was nothing to compare with. */
export const changeOf = (now: number, before: number): number | null =>
  before <= 0 ? null : Math.round((100 * (now - before)) / before);
