/** Verdicts, hearings, assignments and clients' answers, and the facts of a sound that review goes by. */
import type { RecipeHash, TakeId } from '#contract/entities.ts';
import type { Verdict } from '#contract/review.ts';
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';

export interface HeardTake {
  readonly seq: number;
  readonly id: TakeId;
  readonly takeNo: number;
  readonly durationMs: number;
  readonly loudnessLufs: number | null;
  readonly suspect: string | null;
  readonly createdAt: number;
}
export interface Answer {
  readonly person: string;
  readonly verdict: Verdict;
  readonly at: number;
}
/** What a library knows about one sound. */
export interface SoundFacts {
  readonly recipeId: number | null;
  /** The selected take, else the newest. */
  readonly shown: HeardTake | null;
  readonly takes: number;
  readonly verdict: Verdict;
  readonly verdictPerson: string | null;
  readonly verdictAt: number | null;
  readonly assignee: string | null;
  readonly heardBy: readonly string[];
  readonly comments: number;
  readonly openComments: number;
  readonly answers: readonly Answer[];
}
const nothing: SoundFacts = {
  recipeId: null,
  shown: null,
  takes: 0,
  verdict: 'open',
  verdictPerson: null,
  verdictAt: null,
  assignee: null,
  heardBy: [],
  comments: 0,
  openComments: 0,
  answers: [],
};

interface FactsRaw {
  readonly hash: string;
  readonly recipe_id: number;
  readonly selected_seq: number | null;
  readonly assignee: string | null;
  readonly seq: number | null;
  readonly id: string;
  readonly take_no: number;
  readonly duration_ms: number;
  readonly loudness_lufs: number | null;
  readonly suspect: string | null;
  readonly created_at: number;
  readonly verdict: Verdict | null;
  readonly verdict_person: string | null;
  readonly verdict_at: number | null;
  readonly heard_by: string | null;
  readonly comments: number;
  readonly resolved: number;
  readonly answers: string | null;
}
const parsed = <T>(json: string | null): readonly T[] => (json === null ? [] : (JSON.parse(json) as T[]));

const factsOf = (rows: readonly FactsRaw[]): SoundFacts => {
  const [first] = rows;
  if (first === undefined) return nothing;
  const about = { ...nothing, recipeId: first.recipe_id, assignee: first.assignee };
  const raw = rows.find(({ seq, selected_seq }) => seq !== null && seq === selected_seq) ?? rows.at(-1);
  if (raw === undefined || raw.seq === null) return about;
  const comments = rows.reduce((sum, row) => sum + row.comments, 0);
  return {
    ...about,
    shown: {
      seq: raw.seq,
      id: raw.id as TakeId,
      takeNo: raw.take_no,
      durationMs: raw.duration_ms,
      loudnessLufs: raw.loudness_lufs,
      suspect: raw.suspect,
      createdAt: raw.created_at,
    },
    takes: rows.length,
    verdict: raw.verdict ?? 'open',
    verdictPerson: raw.verdict_person,
    verdictAt: raw.verdict_at,
    heardBy: parsed<string>(raw.heard_by),
    comments,
    openComments: comments - rows.reduce((sum, row) => sum + row.resolved, 0),
    answers: parsed<Answer>(raw.answers),
  };
};

/** For each hash in turn what is known of it; one statement for many, because thirty thousand of them are asked for at once. */
export const readSoundFacts = (database: ReadableDatabase, hashes: readonly string[]): readonly SoundFacts[] => {
  const rows = database
    .prepare<FactsRaw>(
      `SELECT r.hash, r.id AS recipe_id, s.take_seq AS selected_seq, a.person AS assignee,
         t.seq, t.id, t.take_no, t.duration_ms, t.loudness_lufs, t.suspect, t.created_at,
         v.verdict, v.person AS verdict_person, v.at AS verdict_at,
         (SELECT nullif(json_group_array(h.person), '[]') FROM take_hearings h WHERE h.take_seq = t.seq) AS heard_by,
         (SELECT count(*) FROM take_comments m WHERE m.take_seq = t.seq AND m.removed_at IS NULL) AS comments,
         (SELECT count(m.resolved_at) FROM take_comments m WHERE m.take_seq = t.seq AND m.removed_at IS NULL) AS resolved,
         (SELECT nullif(json_group_array(json_object('person', c.person, 'verdict', c.verdict, 'at', c.at)), '[]')
            FROM client_answers c WHERE c.take_seq = t.seq) AS answers
       FROM json_each(?) j CROSS JOIN recipes r ON r.hash = j.value
         LEFT JOIN selections s ON s.recipe_id = r.id
         LEFT JOIN review_assignments a ON a.recipe_id = r.id
         LEFT JOIN takes t ON t.recipe_id = r.id
         LEFT JOIN take_verdicts v ON v.take_seq = t.seq
       ORDER BY r.id, t.take_no`,
    )
    .all(JSON.stringify(hashes));
  const byHash = Map.groupBy(rows, ({ hash }) => hash);
  return hashes.map((hash) => factsOf(byHash.get(hash) ?? []));
};

/** Whether a take of it is queued or being rendered. */
export const isRendering = (database: ReadableDatabase, recipeId: number): boolean =>
  database
    .prepare("SELECT 1 AS found FROM jobs WHERE recipe_id = ? AND state IN ('queued', 'running', 'uncertain') LIMIT 1")
    .get(recipeId) !== undefined;

export const findTakeSeq = (database: ReadableDatabase, takeId: string): number | null =>
  database.prepare<{ seq: number }>('SELECT seq FROM takes WHERE id = ?').get(takeId)?.seq ?? null;
export const recipeHashOf = (database: ReadableDatabase, takeId: string): RecipeHash | null =>
  (database
    .prepare<{ hash: string }>('SELECT c.hash FROM takes t JOIN recipes c ON c.id = t.recipe_id WHERE t.id = ?')
    .get(takeId)?.hash ?? null) as RecipeHash | null;
export const listTakeIds = (database: ReadableDatabase, recipeId: number): TakeId[] =>
  database
    .prepare<{ id: string }>('SELECT id FROM takes WHERE recipe_id = ?')
    .all(recipeId)
    .map(({ id }) => id as TakeId);

/** Of one take: who decided what, and who heard it. */
export const readMarks = (
  database: ReadableDatabase,
  takeId: string,
): { readonly verdict: Verdict; readonly verdictPerson: string | null; readonly heardBy: string[] } => {
  const raw = database
    .prepare<{ verdict: Verdict | null; person: string | null; heard_by: string }>(
      `SELECT v.verdict, v.person, (SELECT json_group_array(h.person) FROM take_hearings h WHERE h.take_seq = t.seq) AS heard_by
       FROM takes t LEFT JOIN take_verdicts v ON v.take_seq = t.seq WHERE t.id = ?`,
    )
    .get(takeId);
  return {
    verdict: raw?.verdict ?? 'open',
    verdictPerson: raw?.person ?? null,
    heardBy: JSON.parse(raw?.heard_by ?? '[]') as string[],
  };
};

export const getVerdict = (database: ReadableDatabase, takeSeq: number): Verdict =>
  database.prepare<{ verdict: Verdict }>('SELECT verdict FROM take_verdicts WHERE take_seq = ?').get(takeSeq)
    ?.verdict ?? 'open';
export const setVerdict = (
  database: WritableDatabase,
  takeSeq: number,
  verdict: Verdict,
  person: string,
  at: number,
): void => {
  if (verdict === 'open') database.prepare('DELETE FROM take_verdicts WHERE take_seq = ?').run(takeSeq);
  else
    database
      .prepare(
        `INSERT INTO take_verdicts (take_seq, verdict, person, at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (take_seq) DO UPDATE SET verdict = ?2, person = ?3, at = ?4`,
      )
      .run(takeSeq, verdict, person, at);
};

const assigneeOf = (database: ReadableDatabase, recipeId: number): string | null =>
  database.prepare<{ person: string }>('SELECT person FROM review_assignments WHERE recipe_id = ?').get(recipeId)
    ?.person ?? null;
/** Returns who it was assigned to before. */
export const setAssignee = (
  database: WritableDatabase,
  recipeId: number,
  person: string | null,
  at: number,
): string | null => {
  const before = assigneeOf(database, recipeId);
  if (person === null) database.prepare('DELETE FROM review_assignments WHERE recipe_id = ?').run(recipeId);
  else
    database
      .prepare(
        'INSERT INTO review_assignments (recipe_id, person, at) VALUES (?1, ?2, ?3) ON CONFLICT (recipe_id) DO UPDATE SET person = ?2, at = ?3',
      )
      .run(recipeId, person, at);
  return before;
};

export const addHearing = (database: WritableDatabase, takeSeq: number, person: string, at: number): void => {
  database
    .prepare(
      `INSERT INTO take_hearings (take_seq, person, first_at, last_at, times) VALUES (?1, ?2, ?3, ?3, 1)
       ON CONFLICT (take_seq, person) DO UPDATE SET last_at = ?3, times = times + 1`,
    )
    .run(takeSeq, person, at);
};

/** False when the same or a later answer of this person about this take is known. */
export const saveAnswer = (
  database: WritableDatabase,
  answer: Answer & { readonly takeSeq: number; readonly packageId: string },
): boolean =>
  database
    .prepare(
      `INSERT INTO client_answers (take_seq, person, verdict, at, package_id) VALUES (?1, ?2, ?3, ?4, ?5)
       ON CONFLICT (take_seq, person) DO UPDATE SET verdict = ?3, at = ?4, package_id = ?5 WHERE at < ?4`,
    )
    .run(answer.takeSeq, answer.person, answer.verdict, answer.at, answer.packageId).changes === 1;

/** What a voice said first of all, here or at its vendor: `null` in it is a text that is none of ours; null: nothing is known of it. */
export const firstUseOf = (
  database: ReadableDatabase,
  voice: { readonly provider: string; readonly voice: string; readonly model: string | null },
): { readonly recipeHash: string | null } | null => {
  const first = database
    .prepare<{ hash: string | null }>(
      `SELECT c.hash FROM history_speakers s JOIN history_entries e ON e.speaker_seq = s.seq LEFT JOIN recipes c ON c.id = e.recipe_id
       WHERE s.provider = ? AND s.voice = ? AND s.model = ? ORDER BY e.id LIMIT 1`,
    )
    .get(voice.provider, voice.voice, voice.model ?? '');
  return first === undefined ? null : { recipeHash: first.hash };
};

/** The items of an order in slices, as a review needs them. */
export const pageRenderSounds = (
  database: ReadableDatabase,
  renderSeq: number,
  after: number,
  limit: number,
): {
  readonly position: number;
  readonly variant: string;
  readonly line_id: string | null;
  readonly line_position: number;
  readonly character: string;
  readonly hash: string;
  readonly text: string;
  readonly voice: string;
  readonly canonical: string;
  readonly leading_pause_ms: number;
  readonly trailing_pause_ms: number;
}[] =>
  database
    .prepare<ReturnType<typeof pageRenderSounds>[number] & Record<string, never>>(
      `SELECT i.position, i.variant, i.line_id, i.line_position, i.character, c.hash, c.text, c.voice, c.canonical,
         i.leading_pause_ms, i.trailing_pause_ms
       FROM render_items i JOIN recipes c ON c.id = i.recipe_id WHERE i.render_seq = ? AND i.position > ? ORDER BY i.position LIMIT ?`,
    )
    .all(renderSeq, after, limit);
