/** The voices and models that entries of the history name. */
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';

export interface Speaker {
  readonly seq: number;
  readonly provider: string;
  readonly voice: string;
  /** Empty: none is named. */
  readonly model: string;
  readonly name: string | null;
}
export const listSpeakers = (database: ReadableDatabase): Speaker[] =>
  database.prepare<Speaker>('SELECT seq, provider, voice, model, name FROM history_speakers').all();

/** Those with exactly this id of the vendor's. */
export const speakersOf = (database: ReadableDatabase, voice: string): Speaker[] =>
  database
    .prepare<Speaker>('SELECT seq, provider, voice, model, name FROM history_speakers WHERE voice = +?')
    .all(voice);

/** The row of this voice and model; a new one is named as the vendor's item or the workspace's catalogue names it. */
export const ensureSpeaker = (
  database: WritableDatabase,
  workspaceSeq: number,
  {
    provider,
    voice,
    model,
    name,
  }: { readonly provider: string; readonly voice: string; readonly model: string | null; readonly name: string | null },
): Pick<Speaker, 'seq' | 'name'> => {
  const known = database
    .prepare<Pick<Speaker, 'seq' | 'name'>>(
      'SELECT seq, name FROM history_speakers WHERE provider = +? AND voice = +? AND model = +?',
    )
    .get(provider, voice, model ?? '');
  if (known !== undefined) {
    if (known.name !== null || name === null) return known;
    database.prepare('UPDATE history_speakers SET name = ? WHERE seq = +?').run(name, known.seq);
    return { seq: known.seq, name };
  }
  const called =
    name ??
    database
      .prepare<{ name: string | null }>(
        "SELECT json_extract(body, '$.name') AS name FROM voices WHERE workspace_seq = +? AND voice_id = +?",
      )
      .get(workspaceSeq, voice)?.name ??
    null;
  const seq = database
    .prepare('INSERT INTO history_speakers (provider, voice, model, name) VALUES (?, ?, ?, ?)')
    .run(provider, voice, model ?? '', called).lastInsertRowid;
  return { seq, name: called };
};
