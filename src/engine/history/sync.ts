/**
 * Reading the vendors' histories into ours. The newest are read first, down to what is known; where that is cut off, or
 * was never read to its beginning, a gap remembers from which cursor to go on. A page's items are committed before its
 * cursor is, so an interruption at any place loses nothing, and what is read again is known by its id.
 */
import type { HistorySync } from '#contract/history.ts';
import { fitsOnTop, firstIdAt } from '../database/history-order.ts';
import { addItems, linkItem } from '../database/history-items.ts';
import {
  closeGap,
  getSync,
  type Gap,
  insertGap,
  listGaps,
  moveGap,
  restartGap,
  saveSync,
} from '../database/history-syncs.ts';
import { listUnclaimed, oldestOpenAt } from '../database/vendor-items.ts';
import type { WorkspaceRow } from '../database/workspaces.ts';
import type { Ports } from '../ports.ts';
import { ProviderError, type CallContext, type SpeechProvider, type VendorItem } from '../providers/provider.ts';

/** Items a vendor's page has at most. */
const pageLimit = 1_000;
/** Items of one transaction: a few milliseconds. */
const chunk = 100;
/** A vendor may write an item down a while after it was made; so far back the newest are always read again. */
const writeDelayMs = 15 * 60_000;
/** An item that the vendor is working on is looked at again for so long. */
const openForMs = 24 * 3_600_000;
/** Items that may have become ours since they were read: so many of the newest are compared again. */
const comparedAgain = 300;

export interface SyncOrder {
  readonly workspace: WorkspaceRow;
  readonly provider: SpeechProvider;
  readonly call: CallContext;
  /** The adapter's. */
  readonly readHistory: NonNullable<SpeechProvider['history']>;
  readonly pages: number;
  readonly backfill: boolean;
  /** After each page that brought something. */
  readonly onPage: (added: number) => void;
}
type SyncPorts = Pick<Ports, 'database' | 'clock'>;

interface Counts {
  added: number;
  linked: number;
  changed: number;
}

/** Commits a page in chunks and, with the last one, what it means for the stretch that is being read. */
const storePage = async (
  { database, clock }: SyncPorts,
  { workspace, onPage }: SyncOrder,
  items: readonly VendorItem[],
  then: () => void,
): Promise<Counts> => {
  const oldestFirst = items.toSorted((a, b) => a.at - b.at);
  const chunks: VendorItem[][] = [];
  for (let at = 0; at < oldestFirst.length; at += chunk) chunks.push(oldestFirst.slice(at, at + chunk));
  // On top of what is known they are written upwards, else downwards: so that all of them find their place in one run.
  const oldest = oldestFirst[0];
  if (oldest !== undefined && !fitsOnTop(database, firstIdAt(oldest.at))) chunks.reverse();
  const counts: Counts = { added: 0, linked: 0, changed: 0 };
  const count = (part: Counts): void => {
    counts.added += part.added;
    counts.linked += part.linked;
    counts.changed += part.changed;
  };
  const last = chunks.pop() ?? [];
  for (const part of chunks) {
    count(database.transaction(() => addItems(database, workspace, part)));
    await clock.breathe();
  }
  count(
    database.transaction(() => {
      const added = addItems(database, workspace, last);
      saveSync(database, workspace.seq, {
        newestAt: oldestFirst.at(-1)?.at ?? null,
        oldestAt: oldest?.at ?? null,
        at: clock.now(),
      });
      then();
      return added;
    }),
  );
  if (counts.added + counts.linked + counts.changed > 0) onPage(counts.added);
  return counts;
};

/** Whether a page reaches down to what is known. */
const reaches = (items: readonly VendorItem[], untilAt: number | null): boolean =>
  untilAt !== null && items.some((item) => item.at < untilAt);

interface Page {
  readonly cursor: string | null;
  readonly isEmpty: boolean;
  /** Nothing is left of its stretch. */
  readonly isLast: boolean;
}
/** Refused for good, though the same list was read before. */
const isLostCursor = (error: unknown): boolean =>
  error instanceof ProviderError &&
  error.disposition === 'permanent' &&
  !['key_refused', 'missing_permission', 'history_unavailable', 'provider_retired', 'plan_without_api'].includes(
    error.code,
  );

/** Calls of ours whose id became known after their item was read. */
const linkAgain = ({ database }: SyncPorts, workspace: WorkspaceRow): number =>
  database.transaction(() => {
    let linked = 0;
    for (const item of listUnclaimed(database, workspace.seq, comparedAgain))
      if (linkItem(database, workspace.provider, item)) linked += 1;
    return linked;
  });

/** Reads one workspace's history. Throws nothing that a vendor can cause: why it stopped early stands in `message`. */
export const syncHistory = async (ports: SyncPorts, order: SyncOrder): Promise<HistorySync> => {
  const { database } = ports;
  const { workspace, provider, call, readHistory } = order;
  const total = { added: 0, linked: 0 };
  let message: string | null = null;
  let pagesLeft = order.pages;

  /** What the page means is committed with its items. Resolves with how many of them were new. */
  const readPage = async (from: Pick<Gap, 'cursor' | 'untilAt'>, then: (page: Page) => void): Promise<number> => {
    pagesLeft -= 1;
    const { items, cursor } = await readHistory(call, {
      cursor: from.cursor,
      limit: pageLimit,
      ...(from.untilAt === null ? {} : { fromAt: from.untilAt }),
    });
    const page = {
      cursor,
      isEmpty: items.length === 0,
      // The same cursor again would go round for ever.
      isLast: cursor === null || cursor === from.cursor || reaches(items, from.untilAt),
    };
    const { added, linked } = await storePage(ports, order, items, () => then(page));
    total.added += added;
    total.linked += linked;
    return added;
  };

  const readGap = async (gap: Gap): Promise<void> => {
    let { cursor, again } = gap;
    while (pagesLeft > 0) {
      try {
        const from = cursor;
        let isOver = false;
        const added = await readPage({ cursor, untilAt: gap.untilAt }, (page) => {
          // Some vendors' cursors are ids of items, and items can be deleted there: then nothing comes, and no error.
          const leadsNowhere = page.isEmpty && from !== null && !again;
          isOver = page.isLast && !leadsNowhere;
          cursor = leadsNowhere ? null : page.cursor;
          if (leadsNowhere) restartGap(database, gap.seq);
          else if (isOver) closeGap(database, gap.seq);
          else moveGap(database, gap.seq, cursor, again);
          again ||= leadsNowhere;
        });
        if (isOver) return;
        // Past what was known: should the next cursor be lost, too, it may be read from its top again.
        if (added > 0) again = false;
      } catch (error) {
        if (!isLostCursor(error) || cursor === null || again) throw error;
        database.transaction(() => restartGap(database, gap.seq));
        cursor = null;
        again = true;
      }
    }
  };

  try {
    const before = getSync(database, workspace.seq);
    const newestAt = before?.newestAt ?? null;
    const openAt = newestAt === null ? null : oldestOpenAt(database, workspace.seq, newestAt - openForMs);
    const untilAt = newestAt === null ? null : Math.min(newestAt - writeDelayMs, openAt ?? newestAt);
    await readPage({ cursor: null, untilAt }, (page) => {
      if (!page.isLast) insertGap(database, workspace.seq, { cursor: page.cursor, untilAt });
    });
    for (const gap of listGaps(database, workspace.seq)) {
      if (pagesLeft <= 0) break;
      if (gap.untilAt === null && !order.backfill) continue;
      await readGap(gap);
    }
    const again = linkAgain(ports, workspace);
    total.linked += again;
    if (again > 0) order.onPage(0);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    ({ message } = error);
    if (error.code === 'provider_offline')
      message = `${provider.title} cannot be reached. What was read is kept; the rest is read the next time.`;
  }
  const after = getSync(database, workspace.seq);
  return {
    workspaceId: workspace.id,
    workspaceName: workspace.name,
    added: total.added,
    linked: total.linked,
    complete: after !== null && listGaps(database, workspace.seq).length === 0,
    oldestAt: after?.oldestAt ?? null,
    message,
  };
};
