/** One workspace's voices and models in memory, over their rows in the library: asked for every line of a render. */
import type { Voice } from '#contract/voices.ts';
import { listMarks, saveMark, type VoiceMark } from '../database/voice-marks.ts';
import { getCatalogue, listVoices, replaceVoices, saveCatalogue } from '../database/voices.ts';
import type { WritableDatabase } from '../ports.ts';
import type { ProviderModel, ProviderVoice } from '../providers/provider.ts';
import { bareVoice, type ListedVoice, showVoice, type VoiceOwner } from './show-voice.ts';

/** What one look at the vendor brought; null: that list could not be read. */
export interface Reading {
  readonly voices: readonly ProviderVoice[] | null;
  readonly models: readonly ProviderModel[] | null;
  /** Why something is missing. */
  readonly message: string | null;
  /** Epoch ms. */
  readonly at: number;
}
export interface Shelf {
  /** Of the last complete list of voices, epoch ms; null: never. */
  readonly readAt: number | null;
  readonly message: string | null;
  readonly models: readonly ProviderModel[];
  /** Voices that are gone are found too. */
  find(voiceId: string): ListedVoice | undefined;
  /** Ids of the voices with exactly this display name. */
  named(name: string): readonly string[];
  mark(voiceId: string): VoiceMark | undefined;
  marks(): Iterable<VoiceMark>;
  /** In the vendor's order, those that are gone last; built once until something changes. */
  views(owner: VoiceOwner, now: number): ReadonlyMap<string, Voice>;
  put(reading: Reading): void;
  putMark(mark: Omit<VoiceMark, 'usedAt'>): void;
  noteUse(voiceId: string, at: number): void;
}
export interface ShelfOptions {
  readonly workspaceSeq: number;
  /** Whether the vendor lists its voices; if not, names that were used or marked stand in the list as well. */
  readonly hasList: boolean;
  /** What is read stays in memory; marks are refused by the library. */
  readonly readOnly: boolean;
}

const unmarked = (voiceId: string): VoiceMark => ({ voiceId, favourite: false, alias: null, usedAt: null });

export const createShelf = (database: WritableDatabase, options: ShelfOptions): Shelf => {
  const { workspaceSeq, hasList, readOnly } = options;
  const stored = getCatalogue(database, workspaceSeq);
  let { readAt, message } = stored;
  let models = JSON.parse(stored.models) as readonly ProviderModel[];
  let voices: ReadonlyMap<string, ListedVoice> = new Map(
    listVoices(database, workspaceSeq).map((row) => [
      row.voiceId,
      { voice: JSON.parse(row.body) as ProviderVoice, goneAt: row.goneAt },
    ]),
  );
  const marks = new Map(listMarks(database, workspaceSeq).map((mark) => [mark.voiceId, mark]));
  let names: ReadonlyMap<string, readonly string[]> | null = null;
  let built: { readonly owner: VoiceOwner; readonly until: number; readonly views: ReadonlyMap<string, Voice> } | null =
    null;

  const build = (owner: VoiceOwner, now: number): ReadonlyMap<string, Voice> => {
    const all = [...voices.values()];
    if (!hasList) {
      for (const { voiceId } of marks.values())
        if (!voices.has(voiceId)) all.push({ voice: bareVoice(voiceId), goneAt: null });
    }
    const views = new Map(
      all.map((listed) => [listed.voice.voiceId, showVoice(owner, listed, marks.get(listed.voice.voiceId), now)]),
    );
    // A voice whose day comes changes without anybody reading anything.
    const ends = all.flatMap(({ voice }) =>
      (voice.noticeEndsAt ?? 0) > now ? [voice.noticeEndsAt ?? Number.POSITIVE_INFINITY] : [],
    );
    built = { owner, until: ends.reduce((first, end) => Math.min(first, end), Number.POSITIVE_INFINITY), views };
    return views;
  };
  const persist = (write: () => void): void => {
    if (!readOnly) database.transaction(write);
  };

  return {
    get readAt() {
      return readAt;
    },
    get message() {
      return message;
    },
    get models() {
      return models;
    },
    find: (voiceId) => voices.get(voiceId),
    named: (name) => {
      names ??= Map.groupBy(voices.keys(), (voiceId) => voices.get(voiceId)?.voice.name ?? '');
      return names.get(name) ?? [];
    },
    mark: (voiceId) => marks.get(voiceId),
    marks: () => marks.values(),
    views: (owner, now) => {
      const isSame =
        built !== null &&
        built.owner.workspaceName === owner.workspaceName &&
        built.owner.free === owner.free &&
        now < built.until;
      return built !== null && isSame ? built.views : build(owner, now);
    },
    put: (reading) => {
      built = null;
      message = reading.message;
      models = reading.models ?? models;
      if (reading.voices !== null) {
        readAt = reading.at;
        const next = new Map<string, ListedVoice>(
          reading.voices.map((voice) => [voice.voiceId, { voice, goneAt: null }]),
        );
        if (hasList) {
          for (const [voiceId, { voice, goneAt }] of voices)
            if (!next.has(voiceId)) next.set(voiceId, { voice, goneAt: goneAt ?? reading.at });
        }
        voices = next;
        names = null;
      }
      persist(() => {
        saveCatalogue(database, workspaceSeq, {
          models: JSON.stringify(models),
          readAt,
          triedAt: reading.at,
          message,
        });
        if (reading.voices === null) return;
        const bodies = reading.voices.map((voice) => ({ voiceId: voice.voiceId, body: JSON.stringify(voice) }));
        replaceVoices(database, workspaceSeq, bodies, { at: reading.at, keepGone: hasList });
      });
    },
    putMark: (mark) => {
      database.transaction(() => saveMark(database, workspaceSeq, mark));
      marks.set(mark.voiceId, { ...(marks.get(mark.voiceId) ?? unmarked(mark.voiceId)), ...mark });
      built = null;
    },
    noteUse: (voiceId, at) => {
      const known = marks.get(voiceId) ?? unmarked(voiceId);
      if ((known.usedAt ?? 0) >= at) return;
      marks.set(voiceId, { ...known, usedAt: at });
      built = null;
    },
  };
};
