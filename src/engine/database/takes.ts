import type { ProviderId, RecipeHash, Take, TakeId } from '#contract/entities.ts';
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';

export interface NewTake {
  readonly id: TakeId;
  readonly recipeId: number;
  readonly takeNo: number;
  readonly generationId: string | null;
  readonly sha256: string;
  readonly format: string;
  readonly bytes: number;
  readonly durationMs: number;
  readonly sampleRate: number | null;
  readonly channels: number | null;
  readonly loudnessLufs: number | null;
  readonly truePeakDb: number | null;
  readonly suspect: string | null;
  readonly createdAt: number;
  readonly samplesPerPeak: number;
  readonly peaks: Uint8Array;
}
/** False when the unit has its take already: the first audio stays. */
export const insertTake = (database: WritableDatabase, take: NewTake): boolean => {
  const result = database
    .prepare(
      `INSERT INTO takes (id, recipe_id, take_no, generation_id, sha256, format, bytes, duration_ms, sample_rate, channels, loudness_lufs, true_peak_db, suspect, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (recipe_id, take_no) DO NOTHING`,
    )
    .run(
      take.id,
      take.recipeId,
      take.takeNo,
      take.generationId,
      take.sha256,
      take.format,
      take.bytes,
      take.durationMs,
      take.sampleRate,
      take.channels,
      take.loudnessLufs,
      take.truePeakDb,
      take.suspect,
      take.createdAt,
    );
  if (result.changes === 0) return false;
  if (take.peaks.length > 0) {
    database
      .prepare('INSERT INTO take_peaks (take_seq, samples_per_peak, peaks) VALUES (?, ?, ?)')
      .run(result.lastInsertRowid, take.samplesPerPeak, take.peaks);
  }
  return true;
};

/** Whether this call's audio is a take already. */
export const hasTakeOf = (database: ReadableDatabase, generationId: string): boolean =>
  database.prepare('SELECT 1 AS found FROM takes WHERE generation_id = ?').get(generationId) !== undefined;

interface Raw {
  readonly seq: number;
  readonly id: string;
  readonly hash: string;
  readonly take_no: number;
  readonly provider: string | null;
  readonly voice: string;
  readonly voice_name: string | null;
  readonly text: string;
  readonly format: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly duration_ms: number;
  readonly sample_rate: number | null;
  readonly channels: number | null;
  readonly loudness_lufs: number | null;
  readonly true_peak_db: number | null;
  readonly suspect: string | null;
  readonly charged: number | null;
  readonly has_timings: number;
  readonly selected: number;
  readonly created_at: number;
}
const select = `SELECT t.seq, t.id, c.hash, t.take_no, c.provider, c.voice, c.text, t.format, t.sha256, t.bytes, t.duration_ms, t.sample_rate,
  t.channels, t.loudness_lufs, t.true_peak_db, t.suspect, t.created_at,
  (SELECT g.charged_credits FROM generations g WHERE g.id = t.generation_id) AS charged,
  (SELECT json_extract(v.body, '$.name') FROM generations g JOIN jobs j ON j.seq = g.job_seq
    JOIN voices v ON v.workspace_seq = j.workspace_seq AND v.voice_id = c.voice WHERE g.id = t.generation_id) AS voice_name,
  EXISTS (SELECT 1 FROM take_timings i WHERE i.take_seq = t.seq) AS has_timings,
  t.seq = coalesce((SELECT s.take_seq FROM selections s WHERE s.recipe_id = t.recipe_id),
    (SELECT n.seq FROM takes n WHERE n.recipe_id = t.recipe_id ORDER BY n.take_no DESC LIMIT 1)) AS selected
  FROM takes t JOIN recipes c ON c.id = t.recipe_id`;
const fromRaw = (raw: Raw): Take => ({
  id: raw.id as TakeId,
  recipeHash: raw.hash as RecipeHash,
  takeNo: raw.take_no,
  provider: raw.provider as ProviderId | null,
  voice: raw.voice,
  ...(raw.voice_name === null ? {} : { voiceName: raw.voice_name }),
  text: raw.text,
  format: raw.format,
  sha256: raw.sha256,
  bytes: raw.bytes,
  durationMs: raw.duration_ms,
  sampleRate: raw.sample_rate,
  channels: raw.channels,
  loudnessLufs: raw.loudness_lufs,
  truePeakDb: raw.true_peak_db,
  suspect: raw.suspect,
  hasTimings: raw.has_timings === 1,
  selected: raw.selected === 1,
  chargedCredits: raw.charged,
  createdAt: raw.created_at,
});

export const getTake = (database: ReadableDatabase, id: string): Take | null => {
  const raw = database.prepare<Raw>(`${select} WHERE t.id = ?`).get(id);
  return raw === undefined ? null : fromRaw(raw);
};
/** A recipe's selected take: the chosen one, else the newest. */
export const getSelectedTake = (database: ReadableDatabase, recipeHash: string): Take | null => {
  const raw = database
    .prepare<Raw>(
      `${select} WHERE t.seq = (SELECT coalesce((SELECT s.take_seq FROM selections s WHERE s.recipe_id = r.id),
         (SELECT n.seq FROM takes n WHERE n.recipe_id = r.id ORDER BY n.take_no DESC LIMIT 1)) FROM recipes r WHERE r.hash = ?)`,
    )
    .get(recipeHash);
  return raw === undefined ? null : fromRaw(raw);
};
/** Newest first. `after` is the `seq` of the last row of the page before. */
export const listTakes = (
  database: ReadableDatabase,
  filter: {
    readonly scriptId: string | null;
    readonly lineId: string | null;
    readonly variant: string | null;
    readonly recipeHash: string | null;
    readonly search: string | null;
    readonly suspectOnly: boolean;
    readonly after: number | null;
    readonly limit: number;
  },
): { takes: Take[]; cursor: number | null } => {
  const where: string[] = [];
  const values: (string | number)[] = [];
  if (filter.after !== null) {
    where.push('t.seq < ?');
    values.push(filter.after);
  }
  if (filter.suspectOnly) where.push('t.suspect IS NOT NULL');
  if (filter.recipeHash !== null) {
    where.push('t.recipe_id = (SELECT id FROM recipes WHERE hash = ?)');
    values.push(filter.recipeHash);
  }
  if (filter.lineId !== null || filter.scriptId !== null || filter.variant !== null) {
    const inner: string[] = [];
    if (filter.lineId !== null) {
      inner.push('i.line_id = ?');
      values.push(filter.lineId);
    }
    if (filter.scriptId !== null) {
      inner.push('i.line_id IN (SELECT id FROM script_lines WHERE script_id = ?)');
      values.push(filter.scriptId);
    }
    if (filter.variant !== null) {
      inner.push('i.variant = ?');
      values.push(filter.variant);
    }
    where.push(`t.recipe_id IN (SELECT i.recipe_id FROM render_items i WHERE ${inner.join(' AND ')})`);
  }
  if (filter.search !== null && filter.search !== '') {
    where.push(
      "(c.text LIKE ? ESCAPE '\\' OR c.voice LIKE ? ESCAPE '\\' OR t.recipe_id IN (SELECT i.recipe_id FROM render_items i WHERE i.character LIKE ? ESCAPE '\\'))",
    );
    const pattern = `%${filter.search.replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`;
    values.push(pattern, pattern, pattern);
  }
  const rows = database
    .prepare<Raw>(`${select} ${where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`} ORDER BY t.seq DESC LIMIT ?`)
    .all(...values, filter.limit);
  return { takes: rows.map(fromRaw), cursor: rows.length === filter.limit ? (rows.at(-1)?.seq ?? null) : null };
};

export const getPeaks = (
  database: ReadableDatabase,
  takeId: string,
): { readonly samplesPerPeak: number; readonly peaks: Uint8Array } | null => {
  const raw = database
    .prepare<{ samples_per_peak: number; peaks: Uint8Array }>(
      'SELECT p.samples_per_peak, p.peaks FROM take_peaks p JOIN takes t ON t.seq = p.take_seq WHERE t.id = ?',
    )
    .get(takeId);
  return raw === undefined ? null : { samplesPerPeak: raw.samples_per_peak, peaks: raw.peaks };
};
export const selectTake = (database: WritableDatabase, takeId: string): void => {
  database
    .prepare(
      `INSERT INTO selections (recipe_id, take_seq) SELECT recipe_id, seq FROM takes WHERE id = ?1
       ON CONFLICT (recipe_id) DO UPDATE SET take_seq = excluded.take_seq`,
    )
    .run(takeId);
};

/** Every stored file by name, in steps: `after` is the last `seq` seen. For the doctor. */
export const pageTakeFiles = (
  database: ReadableDatabase,
  after: number,
): { seq: number; id: string; sha256: string; format: string; text: string; paid: boolean }[] =>
  database
    .prepare<{ seq: number; id: string; sha256: string; format: string; text: string; paid: number }>(
      `SELECT t.seq, t.id, t.sha256, t.format, c.text,
         EXISTS (SELECT 1 FROM generations g WHERE g.id = t.generation_id AND g.charged_credits > 0) AS paid
       FROM takes t JOIN recipes c ON c.id = t.recipe_id WHERE t.seq > ? ORDER BY t.seq LIMIT 500`,
    )
    .all(after)
    .map((raw) => ({ ...raw, paid: raw.paid === 1 }));
/** Content addresses of all stored audio. */
export const listTakeFiles = (database: ReadableDatabase): ReadonlySet<string> =>
  new Set(
    database
      .prepare<{ sha256: string }>('SELECT DISTINCT sha256 FROM takes')
      .all()
      .map(({ sha256 }) => sha256),
  );
export const hasTakeFile = (database: ReadableDatabase, sha256: string): boolean =>
  database.prepare('SELECT 1 FROM takes WHERE sha256 = ? LIMIT 1').get(sha256) !== undefined;
/** The call that brought a take which was adopted before its books were known. */
export const setTakeGeneration = (
  database: WritableDatabase,
  recipeId: number,
  takeNo: number,
  generationId: string,
): void => {
  database
    .prepare('UPDATE takes SET generation_id = ? WHERE recipe_id = ? AND take_no = ? AND generation_id IS NULL')
    .run(generationId, recipeId, takeNo);
};

export interface VoiceRate {
  readonly takes: number;
  readonly words: number;
  readonly seconds: number;
  readonly squares: number;
}
/** One take more of a voice, at normal speed. `squares` sums (seconds / words) squared, weighed by words. */
export const addVoiceRate = (database: WritableDatabase, voiceKey: string, words: number, seconds: number): void => {
  database
    .prepare(
      `INSERT INTO voice_rates (voice_key, takes, words, seconds, squares) VALUES (?1, 1, ?2, ?3, ?4)
       ON CONFLICT (voice_key) DO UPDATE SET takes = takes + 1, words = words + ?2, seconds = seconds + ?3, squares = squares + ?4`,
    )
    .run(voiceKey, words, seconds, (seconds * seconds) / words);
};
/** Learned from takes, and from the vendors' predictions where there are few. */
export const listVoiceRates = (database: ReadableDatabase): ReadonlyMap<string, VoiceRate> =>
  new Map(
    database
      .prepare<VoiceRate & { voice_key: string }>(
        `SELECT voice_key, sum(takes) AS takes, sum(words) AS words, sum(seconds) AS seconds, sum(squares) AS squares FROM (
           SELECT voice_key, takes, words, seconds, squares FROM voice_rates
           UNION ALL SELECT p.voice_key, count(*), sum(p.words), sum(p.seconds), sum(p.seconds * p.seconds / p.words) FROM predictions p
             WHERE NOT EXISTS (SELECT 1 FROM voice_rates v WHERE v.voice_key = p.voice_key AND v.takes >= 3) GROUP BY p.voice_key)
         GROUP BY voice_key`,
      )
      .all()
      .map((raw) => [raw.voice_key, raw]),
  );
