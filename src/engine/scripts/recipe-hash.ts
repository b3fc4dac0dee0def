import { type Recipe, RecipeHash } from '#contract/entities.ts';
import type { Hash } from '../ports.ts';
import { canonicalJson } from './canonical-json.ts';

/** Goes before the canonical form; a new version would make every take in every library unknown, so it never changes lightly. */
const version = new Uint8Array([1]);

/** What a recipe is known by: sha256 over the version byte and the canonical JSON in UTF-8. */
export const recipeHash = (hash: Hash, recipe: Recipe): RecipeHash =>
  RecipeHash.parse(hash.sha256().update(version).update(canonicalJson(recipe)).hex());
