import type { LineId, ProjectId, ScriptId, ScriptSummary, Variant } from '#contract/entities.ts';
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';

export interface ScriptRow {
  readonly id: ScriptId;
  readonly projectId: ProjectId;
  readonly path: string;
  readonly title: string;
  readonly slotSeconds: number | null;
  readonly revision: number;
  readonly source: string;
  readonly updatedAt: number;
}
interface Raw {
  readonly id: string;
  readonly project_id: string;
  readonly path: string;
  readonly title: string;
  readonly slot_seconds: number | null;
  readonly revision: number;
  readonly source: string;
  readonly updated_at: number;
}
const columns = 'id, project_id, path, title, slot_seconds, revision, source, updated_at';
const fromRaw = (raw: Raw): ScriptRow => ({
  id: raw.id as ScriptId,
  projectId: raw.project_id as ProjectId,
  path: raw.path,
  title: raw.title,
  slotSeconds: raw.slot_seconds,
  revision: raw.revision,
  source: raw.source,
  updatedAt: raw.updated_at,
});

export const getScript = (database: ReadableDatabase, id: string): ScriptRow | null => {
  const raw = database.prepare<Raw>(`SELECT ${columns} FROM scripts WHERE id = ? AND removed_at IS NULL`).get(id);
  return raw === undefined ? null : fromRaw(raw);
};
export const getScriptByPath = (database: ReadableDatabase, projectId: string, path: string): ScriptRow | null => {
  const raw = database
    .prepare<Raw>(`SELECT ${columns} FROM scripts WHERE project_id = ? AND path = ? AND removed_at IS NULL`)
    .get(projectId, path);
  return raw === undefined ? null : fromRaw(raw);
};
/** Also a removed one. */
export const getAnyScript = (
  database: ReadableDatabase,
  id: string,
): { readonly row: ScriptRow; readonly isRemoved: boolean } | null => {
  const raw = database
    .prepare<Raw & { removed_at: number | null }>(`SELECT ${columns}, removed_at FROM scripts WHERE id = ?`)
    .get(id);
  return raw === undefined ? null : { row: fromRaw(raw), isRemoved: raw.removed_at !== null };
};
/** Texts of a project's scripts, by title. */
export const listSources = (database: ReadableDatabase, projectId: string): ScriptRow[] =>
  database
    .prepare<Raw>(`SELECT ${columns} FROM scripts WHERE project_id = ? AND removed_at IS NULL ORDER BY title, path`)
    .all(projectId)
    .map(fromRaw);
export const listScripts = (database: ReadableDatabase, projectId: string | null): ScriptSummary[] =>
  database
    .prepare<Omit<Raw, 'source'> & { line_count: number; variant_count: number }>(
      `SELECT id, project_id, path, title, slot_seconds, revision, updated_at,
         (SELECT count(*) FROM script_lines l WHERE l.script_id = s.id AND l.position IS NOT NULL) AS line_count,
         (SELECT count(*) FROM variants v WHERE v.script_id = s.id) AS variant_count
       FROM scripts s WHERE removed_at IS NULL AND (?1 IS NULL OR project_id = ?1) ORDER BY updated_at DESC`,
    )
    .all(projectId)
    .map((raw) => ({
      id: raw.id as ScriptId,
      projectId: raw.project_id as ProjectId,
      path: raw.path,
      title: raw.title,
      revision: raw.revision,
      slotSeconds: raw.slot_seconds,
      updatedAt: raw.updated_at,
      lineCount: raw.line_count,
      variantCount: raw.variant_count,
    }));

/** Inserts, or writes the next revision over the row with the same id. */
export const saveScript = (database: WritableDatabase, row: ScriptRow): void => {
  database
    .prepare(
      `INSERT INTO scripts (id, project_id, path, title, slot_seconds, revision, source, created_at, updated_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)
       ON CONFLICT (id) DO UPDATE SET title = ?4, slot_seconds = ?5, revision = ?6, source = ?7, updated_at = ?8`,
    )
    .run(row.id, row.projectId, row.path, row.title, row.slotSeconds, row.revision, row.source, row.updatedAt);
};
export const removeScript = (database: WritableDatabase, id: string, at: number): void => {
  database.prepare('UPDATE scripts SET removed_at = ? WHERE id = ?').run(at, id);
};

export const restoreScript = (database: WritableDatabase, id: string): void => {
  database.prepare('UPDATE scripts SET removed_at = NULL WHERE id = ?').run(id);
};
export const renameScript = (database: WritableDatabase, id: string, path: string, title: string): void => {
  database.prepare('UPDATE scripts SET path = ?, title = ? WHERE id = ?').run(path, title, id);
};

export interface StoredLine {
  readonly id: LineId;
  readonly position: number;
  readonly character: string;
  readonly text: string;
}
export const listLines = (database: ReadableDatabase, scriptId: string): StoredLine[] =>
  database
    .prepare<{ id: string; position: number; character: string; text: string }>(
      'SELECT id, position, character, text FROM script_lines WHERE script_id = ? AND position IS NOT NULL ORDER BY position',
    )
    .all(scriptId)
    .map((raw) => ({ ...raw, id: raw.id as LineId }));
/** Lines that left the script keep their row without a position. */
export const saveLines = (database: WritableDatabase, scriptId: string, lines: readonly StoredLine[]): void => {
  database.prepare('UPDATE script_lines SET position = NULL WHERE script_id = ?').run(scriptId);
  const save = database.prepare(
    `INSERT INTO script_lines (id, script_id, position, character, text) VALUES (?1, ?2, ?3, ?4, ?5)
     ON CONFLICT (id) DO UPDATE SET position = ?3, character = ?4, text = ?5`,
  );
  for (const line of lines) save.run(line.id, scriptId, line.position, line.character, line.text);
};

export interface StoredVariants {
  readonly columns: readonly string[];
  readonly variants: readonly Variant[];
  /** Rises with every change. */
  readonly revision: number;
}
interface RawVariant {
  readonly row: number;
  readonly name: string;
  readonly cells: string;
  readonly voices: string;
}
/** `row` is the variant's place from 1: the stored numbers have gaps. */
const fromRawVariant = (raw: Omit<RawVariant, 'row'>, row: number): Variant => ({
  row,
  name: raw.name,
  values: JSON.parse(raw.cells) as Record<string, string>,
  // Most rows choose no voices; parsing ten thousand times nothing takes its time.
  voices: raw.voices === '{}' ? {} : (JSON.parse(raw.voices) as Record<string, string>),
});
/** Rows are counted from 1, whatever gaps their order has. */
export const getVariants = (database: ReadableDatabase, scriptId: string): StoredVariants => {
  const table = database
    .prepare<{ columns: string; revision: number }>('SELECT columns, revision FROM variant_tables WHERE script_id = ?')
    .get(scriptId);
  if (table === undefined) return { columns: [], variants: [], revision: 0 };
  return {
    columns: JSON.parse(table.columns) as string[],
    revision: table.revision,
    variants: database
      .prepare<Omit<RawVariant, 'row'>>('SELECT name, cells, voices FROM variants WHERE script_id = ? ORDER BY row')
      .all(scriptId)
      .map((raw, index) => fromRawVariant(raw, index + 1)),
  };
};

/** One variant by name or by 0-based place. Null where the table has no such row. */
export const getVariantPlace = (
  database: ReadableDatabase,
  scriptId: string,
  { name, index }: { readonly name: string | null; readonly index: number },
): { readonly variant: Variant; readonly index: number } | null => {
  const raw = database
    .prepare<RawVariant & { before: number }>(
      `SELECT row, name, cells, voices,
         (SELECT count(*) FROM variants b WHERE b.script_id = v.script_id AND b.row < v.row) AS before
       FROM variants v WHERE script_id = ?1 AND (?2 IS NULL OR name = ?2) ORDER BY row LIMIT 1 OFFSET ?3`,
    )
    .get(scriptId, name, name === null ? index : 0);
  return raw === undefined ? null : { variant: fromRawVariant(raw, raw.before + 1), index: raw.before };
};
/** Rows in the table's order, a page at a time. `next` goes on; null after the last page. */
export const pageVariants = (
  database: ReadableDatabase,
  scriptId: string,
  after: { readonly key: number; readonly row: number },
  limit: number,
): { readonly variants: readonly Variant[]; readonly next: { readonly key: number; readonly row: number } | null } => {
  const raw = database
    .prepare<RawVariant>(
      'SELECT row, name, cells, voices FROM variants WHERE script_id = ? AND row > ? ORDER BY row LIMIT ?',
    )
    .all(scriptId, after.key, limit);
  const last = raw.at(-1);
  return {
    variants: raw.map((one, index) => fromRawVariant(one, after.row + index + 1)),
    next: last === undefined || raw.length < limit ? null : { key: last.row, row: after.row + raw.length },
  };
};
export const countVariants = (database: ReadableDatabase, scriptId: string): number =>
  database.prepare<{ n: number }>('SELECT count(*) AS n FROM variants WHERE script_id = ?').get(scriptId)?.n ?? 0;
