/** When each character or phoneme of a take sounds, where the vendor told it with the audio. */
import type { Timings } from '#contract/history.ts';
import type { WritableDatabase } from '../ports.ts';

export const saveTimings = (database: WritableDatabase, takeId: string, timings: Timings): void => {
  database
    .prepare('INSERT OR REPLACE INTO take_timings (take_seq, timings) SELECT seq, ? FROM takes WHERE id = ?')
    .run(JSON.stringify(timings), takeId);
};
