/** What vendors say lines will last; each line is asked for once. */
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';

export const hasPrediction = (database: ReadableDatabase, recipeHash: string): boolean =>
  database.prepare('SELECT 1 AS found FROM predictions WHERE recipe_hash = ?').get(recipeHash) !== undefined;

export const countPredictions = (database: ReadableDatabase, voiceKey: string): number =>
  database.prepare<{ n: number }>('SELECT count(*) AS n FROM predictions WHERE voice_key = ?').get(voiceKey)?.n ?? 0;

/** `seconds` at normal speed. */
export const savePrediction = (
  database: WritableDatabase,
  prediction: {
    readonly recipeHash: string;
    readonly voiceKey: string;
    readonly words: number;
    readonly seconds: number;
  },
): void => {
  database
    .prepare('INSERT OR IGNORE INTO predictions (recipe_hash, voice_key, words, seconds) VALUES (?, ?, ?, ?)')
    .run(prediction.recipeHash, prediction.voiceKey, prediction.words, prediction.seconds);
};
