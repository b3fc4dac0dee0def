import type { RecipeHash } from '#contract/entities.ts';
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';

export interface RecipeRow {
  readonly id: number;
  readonly hash: RecipeHash;
  readonly kind: 'speech' | 'joined';
  readonly text: string;
  readonly voice: string;
  readonly characters: number;
  readonly canonical: string;
}
interface Raw {
  readonly id: number;
  readonly hash: string;
  readonly kind: 'speech' | 'joined';
  readonly text: string;
  readonly voice: string;
  readonly characters: number;
  readonly canonical: string;
}
const fromRaw = (raw: Raw): RecipeRow => ({ ...raw, hash: raw.hash as RecipeHash });

export const getRecipe = (database: ReadableDatabase, id: number): RecipeRow | null => {
  const raw = database
    .prepare<Raw>('SELECT id, hash, kind, text, voice, characters, canonical FROM recipes WHERE id = ?')
    .get(id);
  return raw === undefined ? null : fromRaw(raw);
};
export const findRecipeId = (database: ReadableDatabase, hash: string): number | null =>
  database.prepare<{ id: number }>('SELECT id FROM recipes WHERE hash = ?').get(hash)?.id ?? null;

export interface NewRecipe {
  readonly hash: string;
  readonly kind: 'speech' | 'joined';
  readonly provider: string | null;
  readonly voice: string;
  readonly text: string;
  readonly characters: number;
  readonly canonical: string;
}
export const insertRecipe = (database: WritableDatabase, recipe: NewRecipe): number =>
  database
    .prepare(
      'INSERT INTO recipes (hash, kind, provider, voice, text, characters, canonical) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    .run(recipe.hash, recipe.kind, recipe.provider, recipe.voice, recipe.text, recipe.characters, recipe.canonical)
    .lastInsertRowid;
/** Recipes are immutable: an existing one is returned as it is. */
export const ensureRecipe = (database: WritableDatabase, recipe: NewRecipe): number =>
  findRecipeId(database, recipe.hash) ?? insertRecipe(database, recipe);
export const saveParts = (
  database: WritableDatabase,
  recipeId: number,
  parts: readonly { readonly partId: number; readonly gapAfterMs: number }[],
): void => {
  const insert = database.prepare(
    'INSERT OR IGNORE INTO recipe_parts (recipe_id, position, part_id, gap_after_ms) VALUES (?, ?, ?, ?)',
  );
  for (const [position, part] of parts.entries()) insert.run(recipeId, position, part.partId, part.gapAfterMs);
};
export interface PartRow {
  readonly partId: number;
  readonly gapAfterMs: number;
  readonly sha256: string | null;
  readonly format: string | null;
}
/** The parts of a joined recipe in order, each with its stored audio of that take number, if any. */
export const listParts = (database: ReadableDatabase, recipeId: number, takeNo: number): PartRow[] =>
  database
    .prepare<{ part_id: number; gap_after_ms: number; sha256: string | null; format: string | null }>(
      `SELECT p.part_id, p.gap_after_ms, t.sha256, t.format FROM recipe_parts p
       LEFT JOIN takes t ON t.recipe_id = p.part_id AND t.take_no = ? WHERE p.recipe_id = ? ORDER BY p.position`,
    )
    .all(takeNo, recipeId)
    .map((raw) => ({ partId: raw.part_id, gapAfterMs: raw.gap_after_ms, sha256: raw.sha256, format: raw.format }));
