/**
 * A library whose history is a vendor's list of two years, made as a sync makes it: pages of 1,000, newest first. Items
 * of a vendor are the smallest entries there are, so that the full-text index weighs most beside them. It is kept
 * in the system's temp folder until the schema changes.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addItems } from '#engine/database/history-items.ts';
import { migrate, schemaVersion } from '#engine/database/migrate.ts';
import { history } from '#engine/database/migrations/0005-history.ts';
import { studio } from '#engine/database/migrations/0006-studio.ts';
import type { WritableDatabase } from '#engine/ports.ts';
import type { VendorItem } from '#engine/providers/provider.ts';
import { tidyIndex } from '#engine/history/tidy.ts';
import { openDatabase } from '#node/database.ts';

export const days = 730;
const dayMs = 86_400_000;
const newestAt = Date.UTC(2026, 5, 30);
const vocabularySize = 20_000;
const wordsOfScript = 45;
const voices = 50;
const page = 1_000;

/** 0 <= x < 1, cheap and the same each time. */
export const dice = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

export interface Vocabulary {
  /** The most frequent first. */
  readonly words: readonly string[];
  /** One after Zipf's law. */
  draw(): string;
}
/** Made-up words as long as English ones: frequent ones of one or two syllables, rare ones of up to four. */
export const createVocabulary = (roll: () => number): Vocabulary => {
  const starts = 'b bl br c ch cl d dr f fl g gr h j k l m n p pl pr r s sh sl sp st t th tr v w y'.split(' ');
  const middles = 'a e i o u ai ea ee oa oo ou'.split(' ');
  const ends = ['', '', 'n', 'r', 's', 't', 'l', 'd', 'm', 'ng', 'st', 'nd'];
  const pick = (from: readonly string[]): string => from[Math.floor(roll() * from.length)] ?? '';
  const words = new Set<string>();
  while (words.size < vocabularySize) {
    const syllables = 1 + Math.floor(roll() * Math.min(4, 1 + words.size / 150));
    words.add(Array.from({ length: syllables }, () => pick(starts) + pick(middles)).join('') + pick(ends));
  }
  const list = [...words];
  const sums: number[] = [];
  let sum = 0;
  for (let rank = 1; rank <= list.length; rank += 1) sums.push((sum += 1 / rank));
  return {
    words: list,
    draw: () => {
      const wanted = roll() * sum;
      let low = 0;
      let high = list.length - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((sums[middle] ?? 0) < wanted) low = middle + 1;
        else high = middle;
      }
      return list[low] ?? '';
    },
  };
};

const itemsOf = function* (rows: number): Generator<VendorItem> {
  const roll = dice(7);
  const { draw } = createVocabulary(dice(11));
  for (let row = 0; row < rows; row += 1) {
    const voice = Math.floor(roll() * voices);
    yield {
      vendorItemId: `item${row.toString(36).padStart(16, '0')}`,
      at: Math.floor((newestAt - (row / rows) * days * dayMs) / 1000) * 1000,
      requestId: `request${row.toString(36).padStart(13, '0')}`,
      voiceId: `voice${voice.toString(36).padStart(15, '0')}`,
      voiceName: `Voice ${voice}`,
      model: `eleven_model_v${Math.floor(roll() * 4)}`,
      text: Array.from({ length: wordsOfScript }, draw).join(' '),
      credits: 280,
      source: roll() < 0.9 ? 'TTS' : 'Flows',
      state: 'created',
      format: 'mp3_44100_128',
      settings: { stability: 0.5, similarity_boost: 0.75, style: 0, speed: 1 },
      timings: null,
    };
  }
};

/** Path of the library's folder. */
export const makeHistoryLibrary = async (rows: number, say: (text: string) => void): Promise<string> => {
  const sum = createHash('sha256')
    .update(history + studio)
    .digest('hex')
    .slice(0, 8);
  const folder = join(tmpdir(), `cuebooth-bench-history-${rows}-v${schemaVersion}-${sum}`);
  if (!existsSync(folder)) {
    say(`making a history of ${rows} items in ${folder} (kept for the next time) ...`);
    const unfinished = `${folder}.making`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished);
    const database = openDatabase(join(unfinished, 'library.db'));
    migrate(database);
    database.exec(
      "PRAGMA synchronous = OFF; INSERT INTO workspaces (id, provider, name, created_at) VALUES ('w', 'elevenlabs', 'main', 1)",
    );
    let waiting: VendorItem[] = [];
    const flush = (): void => {
      const oldestFirst = waiting.toReversed();
      waiting = [];
      database.transaction(() => addItems(database, { seq: 1, provider: 'elevenlabs' }, oldestFirst));
    };
    for (const item of itemsOf(rows)) if (waiting.push(item) === page) flush();
    flush();
    // As the program does once a day.
    await tidyIndex({ database, clock: { breathe: () => Promise.resolve() } }, new AbortController().signal);
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
    renameSync(unfinished, folder);
  }
  return folder;
};

export const openHistoryLibrary = async (rows: number, say: (text: string) => void): Promise<WritableDatabase> =>
  openDatabase(join(await makeHistoryLibrary(rows, say), 'library.db'));
