/** Who and what it went to: the rows of one dimension, with each vendor's unit kept apart. Pure. */
import type { UsageRow } from '#contract/account.ts';
import type { CostUnit } from '../components/credit-units.ts';

export interface Spent {
  readonly provider: UsageRow['provider'];
  readonly unit: CostUnit;
  /** Our ledger's figure; null: it was not made here. */
  readonly ledger: number | null;
  readonly vendor: number | null;
}
export interface Top {
  readonly key: string;
  readonly label: string;
  readonly id: string;
  /** Set where the id means nothing without it. */
  readonly workspaceId: string | null;
  readonly minutes: number;
  readonly takes: number;
  readonly characters: number;
  readonly spent: readonly Spent[];
}

const add = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.round((a + b) * 1e6) / 1e6;

/** Largest first by minutes of audio, which alone may be added up over vendors; then by what was spent. */
export const topsOf = (
  rows: readonly UsageRow[],
  unitOf: (row: UsageRow) => CostUnit,
  isOfWorkspace: boolean,
): readonly Top[] => {
  const found = new Map<string, { -readonly [K in keyof Top]: Top[K] }>();
  for (const row of rows) {
    const id = row.ids[0] ?? '';
    const key = isOfWorkspace ? `${row.workspaceId ?? ''} ${id}` : id;
    const top = found.get(key) ?? {
      key,
      label: row.labels[0] ?? id,
      id,
      workspaceId: isOfWorkspace ? row.workspaceId : null,
      minutes: 0,
      takes: 0,
      characters: 0,
      spent: [],
    };
    found.set(key, top);
    if (row.source === 'ledger') {
      top.minutes += (row.seconds ?? 0) / 60;
      top.takes += row.takes ?? 0;
      top.characters += row.characters ?? 0;
    }
    if (row.credits === null) continue;
    const before = top.spent.find(({ provider }) => provider === row.provider);
    const spent: Spent = {
      provider: row.provider,
      unit: unitOf(row),
      ledger: row.source === 'ledger' ? add(before?.ledger ?? null, row.credits) : (before?.ledger ?? null),
      vendor: row.source === 'vendor' ? add(before?.vendor ?? null, row.credits) : (before?.vendor ?? null),
    };
    top.spent = [...top.spent.filter(({ provider }) => provider !== row.provider), spent];
  }
  const most = ({ spent }: Top): number => Math.max(0, ...spent.map(({ ledger, vendor }) => ledger ?? vendor ?? 0));
  return [...found.values()].toSorted((a, b) => b.minutes - a.minutes || most(b) - most(a));
};
