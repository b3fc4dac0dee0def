/** Hearing entries of the list, one by one or one after the other. */
import type { HistoryEntry } from '#contract/history.ts';
import type { Program } from '../../audio/timeline.ts';
import type { Studio } from '../../stores/studio.ts';
import { soundOf } from './status-words.ts';

/** The same program as the take's own, so that the transport knows it on every screen. */
const programOf = ({ takeId, text, voiceName, workspaceName, durationMs }: HistoryEntry): Program | null =>
  takeId === null || durationMs === null
    ? null
    : {
        id: takeId,
        title: text,
        subtitle: `${voiceName} · ${workspaceName}`,
        steps: [{ takeId, title: voiceName, text, leadingMs: 0, trailingMs: 0, durationMs }],
        slotSeconds: null,
      };

/** Plays it; what the vendor has is fetched first, which is free. */
export const playEntry = async ({ history, player }: Studio, entry: HistoryEntry): Promise<void> => {
  const ready = await history.withAudio(entry);
  const program = ready === undefined ? null : programOf(ready);
  if (program !== null) await player.start(program);
};

/** Plays or pauses the active entry. */
export const toggleActive = (studio: Studio): void => {
  const { history, player } = studio;
  const entry = history.activeEntry();
  if (entry === undefined || soundOf(entry) === 'none') return player.toggle();
  if (entry.takeId !== null && player.getState().program?.id === entry.takeId) player.toggle();
  else void playEntry(studio, entry);
};

/** Rows that are passed over at most to find one that can be heard. */
const mostPassed = 50;
/** On to the next entry that can be heard, or back to the one before. */
export const stepThrough = (studio: Studio, by: 1 | -1): void => {
  const { list, active } = studio.history.getState();
  for (let passed = 1; passed <= mostPassed; passed += 1) {
    const row = active < 0 && by > 0 ? passed - 1 : active + by * passed;
    const entry = list.rowAt(row);
    if (entry === undefined) break;
    if (soundOf(entry) === 'none') continue;
    studio.history.activate(row);
    return void playEntry(studio, entry);
  }
};
