/** The vendors' lists of voices and models as they were last read. */
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';

export interface CatalogueRow {
  /** JSON. */
  readonly models: string;
  readonly readAt: number | null;
  readonly triedAt: number | null;
  readonly message: string | null;
}
export interface VoiceBody {
  readonly voiceId: string;
  /** JSON of what the adapter told. */
  readonly body: string;
}
export interface VoiceRow extends VoiceBody {
  /** Epoch ms of the first complete reading without it; null while the vendor lists it. */
  readonly goneAt: number | null;
}

export const getCatalogue = (database: ReadableDatabase, workspaceSeq: number): CatalogueRow => {
  const raw = database
    .prepare<{ models: string; read_at: number | null; tried_at: number | null; message: string | null }>(
      'SELECT models, read_at, tried_at, message FROM catalogues WHERE workspace_seq = ?',
    )
    .get(workspaceSeq);
  if (raw === undefined) return { models: '[]', readAt: null, triedAt: null, message: null };
  return {
    models: raw.models,
    readAt: raw.read_at,
    triedAt: raw.tried_at,
    message: raw.message,
  };
};
export const saveCatalogue = (database: WritableDatabase, workspaceSeq: number, row: CatalogueRow): void => {
  database
    .prepare(
      `INSERT INTO catalogues (workspace_seq, models, read_at, tried_at, message) VALUES (?1, ?2, ?3, ?4, ?5)
       ON CONFLICT (workspace_seq) DO UPDATE SET models = ?2, read_at = ?3, tried_at = ?4, message = ?5`,
    )
    .run(workspaceSeq, row.models, row.readAt, row.triedAt, row.message);
};

/** In the vendor's order, those that are gone behind the others. */
export const listVoices = (database: ReadableDatabase, workspaceSeq: number): VoiceRow[] =>
  database
    .prepare<{ voice_id: string; body: string; gone_at: number | null }>(
      'SELECT voice_id, body, gone_at FROM voices WHERE workspace_seq = ? ORDER BY gone_at IS NOT NULL, position',
    )
    .all(workspaceSeq)
    .map((raw) => ({ voiceId: raw.voice_id, body: raw.body, goneAt: raw.gone_at }));

/**
 * Takes a complete list over; rows that are as they were are not written. Voices that left it are kept as gone, or
 * forgotten where `keepGone` is false: where the list is our user's own, such as names in a workspace's settings.
 */
export const replaceVoices = (
  database: WritableDatabase,
  workspaceSeq: number,
  voices: readonly VoiceBody[],
  how: { readonly at: number; readonly keepGone: boolean },
): void => {
  const before = new Map(
    database
      .prepare<{ voice_id: string; position: number; body: string; gone_at: number | null }>(
        'SELECT voice_id, position, body, gone_at FROM voices WHERE workspace_seq = ?',
      )
      .all(workspaceSeq)
      .map((raw) => [raw.voice_id, raw]),
  );
  const save = database.prepare(
    `INSERT INTO voices (workspace_seq, voice_id, position, body) VALUES (?1, ?2, ?3, ?4)
     ON CONFLICT (workspace_seq, voice_id) DO UPDATE SET position = ?3, body = ?4, gone_at = NULL`,
  );
  for (const [position, { voiceId, body }] of voices.entries()) {
    const known = before.get(voiceId);
    before.delete(voiceId);
    if (known?.position === position && known.body === body && known.gone_at === null) continue;
    save.run(workspaceSeq, voiceId, position, body);
  }
  const leave = database.prepare(
    'UPDATE voices SET gone_at = ? WHERE workspace_seq = ? AND voice_id = ? AND gone_at IS NULL',
  );
  const forget = database.prepare('DELETE FROM voices WHERE workspace_seq = ? AND voice_id = ?');
  for (const voiceId of before.keys()) {
    if (how.keepGone) leave.run(how.at, workspaceSeq, voiceId);
    else forget.run(workspaceSeq, voiceId);
  }
};

/** Speech among the newest takes, with the speed that was asked for; a few milliseconds, however large the library. */
export const sampleSpeech = (
  database: ReadableDatabase,
  limit: number,
): {
  readonly provider: string;
  readonly voice: string;
  readonly characters: number;
  readonly seconds: number;
  readonly speed: number;
}[] =>
  database
    .prepare<{ provider: string; voice: string; characters: number; seconds: number; speed: number }>(
      `SELECT c.provider, c.voice, c.characters, t.duration_ms / 1000.0 AS seconds,
         coalesce(CAST(json_extract(c.canonical, '$.settings.speed') AS REAL), 1.0) AS speed
       FROM (SELECT recipe_id, duration_ms FROM takes WHERE suspect IS NULL ORDER BY seq DESC LIMIT ?) t
         JOIN recipes c ON c.id = t.recipe_id
       WHERE c.kind = 'speech'`,
    )
    .all(limit);
/** 0 in a library without takes. */
export const newestTakeSeq = (database: ReadableDatabase): number =>
  database.prepare<{ seq: number | null }>('SELECT max(seq) AS seq FROM takes').get()?.seq ?? 0;
