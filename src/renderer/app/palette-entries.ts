/** What the palette can find: commands that work here, scripts, voices. */
import type { ScriptSummary } from '#contract/entities.ts';
import type { Voice } from '#contract/voices.ts';
import type { Studio } from '../stores/studio.ts';
import { wordsOf } from '../words/words.ts';
import { commands, keyCaps, keysOf } from './commands.ts';

export type EntryKind = 'command' | 'script' | 'voice';
export interface Entry {
  readonly id: string;
  readonly kind: EntryKind;
  readonly words: string;
  /** Beside the words: where it belongs. Is searched too. */
  readonly note: string;
  readonly keys: readonly string[];
  readonly run: () => void;
}

/** Most a list shows; typing one more letter is quicker than reading on. */
const mostShown = 60;
/** Of one kind while nothing is typed. */
const mostOfKind = 8;

export const commandEntries = (studio: Studio): readonly Entry[] => {
  const { room } = studio.navigation.getState();
  const own = studio.preferences.getState().shortcuts;
  const t = wordsOf('shell');
  return commands
    .filter(
      (command) =>
        command.id !== 'palette.toggle' &&
        (command.where === 'anywhere' || command.where === room) &&
        (command.isEnabled?.(studio) ?? true),
    )
    .map((command) => ({
      id: command.id,
      kind: 'command' as const,
      words: command.title(),
      note: command.where === 'anywhere' ? '' : t(command.where),
      keys: keyCaps(keysOf(command, own)[0] ?? ''),
      run: () => void command.run(studio),
    }));
};

export const scriptEntries = (
  studio: Studio,
  scripts: readonly ScriptSummary[],
  projectNames: ReadonlyMap<string, string>,
): readonly Entry[] =>
  scripts.map(({ id, title, projectId }) => ({
    id: `script:${id}`,
    kind: 'script',
    words: title,
    note: projectNames.get(projectId) ?? '',
    keys: [],
    run: () => studio.navigation.openScript(id),
  }));

export const voiceEntries = (studio: Studio, voices: readonly Voice[]): readonly Entry[] =>
  voices.map((voice) => ({
    id: `voice:${voice.reference}`,
    kind: 'voice',
    words: voice.alias === null ? voice.name : `${voice.alias} (${voice.name})`,
    note: [voice.workspaceName, voice.language, voice.gender].filter(Boolean).join(' · '),
    keys: [],
    run: () => studio.navigation.go({ room: 'voices', query: { search: voice.name } }),
  }));

const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Every word must occur; what begins with the first word comes first. */
export const findEntries = (entries: readonly Entry[], typed: string): readonly Entry[] => {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  const [first] = words;
  if (first === undefined) {
    const shown: Record<EntryKind, number> = { command: 0, script: 0, voice: 0 };
    return entries.filter(({ kind }) => kind === 'command' || ++shown[kind] <= mostOfKind);
  }
  const begins: Entry[] = [];
  const holds: Entry[] = [];
  for (const entry of entries) {
    const title = folded(entry.words);
    const all = `${title} ${folded(entry.note)}`;
    if (!words.every((word) => all.includes(word))) continue;
    (title.startsWith(first) ? begins : holds).push(entry);
    if (begins.length >= mostShown) break;
  }
  return [...begins, ...holds].slice(0, mostShown);
};
