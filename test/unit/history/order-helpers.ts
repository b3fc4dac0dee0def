/** Entries of the history by their times alone, in a database in a temp folder. */
import { insertEntries } from '#engine/database/history-rows.ts';
import { ensureSpeaker } from '#engine/database/history-speakers.ts';
import { insertItem } from '#engine/database/vendor-items.ts';
import type { WritableDatabase } from '#engine/ports.ts';
import { openQueueDatabase } from '#test/builders/queue-database.ts';

export { atOfId, firstIdAt, freeId, listRuns, takePlaces } from '#engine/database/history-order.ts';
export { seqInRun as seqInRunOf } from '#engine/database/history-search.ts';

export interface Entries {
  readonly database: WritableDatabase;
  /** One batch, the oldest first. */
  add(times: readonly number[]): void;
  /** By `seq`. */
  rows(): { readonly seq: number; readonly id: number }[];
  /** In their order. */
  ids(): number[];
  clear(): void;
  /** Not in the index yet. */
  waiting(): number;
  remove(): void;
}

export const openEntries = (): Entries => {
  const { database, remove } = openQueueDatabase();
  let count = 0;
  const speakerSeq = ensureSpeaker(database, 1, { provider: 'chosen', voice: 'Ava', model: null, name: null }).seq;
  const item = (at: number): number =>
    insertItem(
      database,
      1,
      {
        vendorItemId: `i${(count += 1)}`,
        at,
        requestId: null,
        voiceId: 'Ava',
        voiceName: null,
        model: null,
        text: 'Words.',
        credits: null,
        source: null,
        state: 'created',
        format: null,
        settings: {},
        timings: null,
      },
      null,
    );
  const rows = (): { seq: number; id: number }[] =>
    database.prepare<{ seq: number; id: number }>('SELECT seq, id FROM history_entries ORDER BY seq').all();
  return {
    database,
    add: (times) =>
      database.transaction(() =>
        insertEntries(
          database,
          times.map((at) => ({
            at,
            entry: { workspaceSeq: 1, speakerSeq, status: 'remote', own: null, takeSeq: null, itemSeq: item(at) },
          })),
        ),
      ),
    rows,
    ids: () =>
      rows()
        .map(({ id }) => id)
        .toSorted((a, b) => a - b),
    clear: () =>
      database.transaction(() => {
        database.exec('DELETE FROM history_entries; DELETE FROM history_runs; DELETE FROM vendor_items');
        database.exec("INSERT INTO history_text (history_text) VALUES ('delete-all')");
      }),
    waiting: () =>
      database
        .prepare<{ n: number }>(
          'SELECT count(*) AS n FROM history_entries e JOIN history_runs r ON e.seq > r.indexed_seq AND e.seq <= r.high_seq',
        )
        .get()?.n ?? 0,
    remove,
  };
};
