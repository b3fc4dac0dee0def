import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { LexiconEntry, ProjectId, RenderId, TakeId, VoiceSettings, WorkspaceId } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import { wordsOf } from '../words/words.ts';
import type { MessageStore } from './message-store.ts';
import { createRefresher } from './refresher.ts';
import type { UndoStore } from './undo-store.ts';

export type LexiconImpact = MethodOutput<'lexicon.impact'>;
type Compiled = MethodOutput<'lexicon.compile'>;

/** Whoever says the word: a voice of the cast with its model. */
export interface Speaker {
  readonly workspaceId: WorkspaceId;
  readonly voiceId: string;
  readonly model: string | null;
  readonly settings: VoiceSettings;
}
/** How the word that is being written would reach a voice, and what hearing it costs. */
export interface Hearing extends Compiled {
  /** Null: not known. */
  readonly credits: number | null;
  readonly owned: boolean;
}

export interface LexiconState {
  readonly projectId: ProjectId | null;
  readonly entries: readonly LexiconEntry[];
  /** The entries as they would be; null: nothing is being changed. */
  readonly considered: readonly LexiconEntry[] | null;
  /** Of `considered`, else of what is saved. */
  readonly impact: LexiconImpact | null;
  readonly impactStale: boolean;
  /** Of the word that is being written; null: not worked out. */
  readonly hearing: Hearing | null;
  readonly auditioning: boolean;
}

const nothing: LexiconState = {
  projectId: null,
  entries: [],
  considered: null,
  impact: null,
  impactStale: true,
  hearing: null,
  auditioning: false,
};

/** How a project's words are said. */
export const createLexiconStore = (client: Client, messages: MessageStore, undo: UndoStore) => {
  const store = createStore<LexiconState>(() => nothing);
  const isOpen = (projectId: ProjectId): boolean => store.getState().projectId === projectId;

  const impact = createRefresher(
    async () => {
      const { projectId, considered, entries } = store.getState();
      if (projectId === null) return;
      try {
        const found = await client.call('lexicon.impact', { projectId, entries: [...(considered ?? entries)] });
        if (!isOpen(projectId) || store.getState().considered !== considered) return;
        store.setState({ impact: found, impactStale: false });
      } catch {
        // A count beside the list; what stands in its way is told where the script is.
        store.setState({ impact: null, impactStale: false });
      }
    },
    { delayMs: 350, pace: 'settle' },
  );
  let watchers = 0;
  const weigh = (): void => {
    store.setState({ impactStale: true });
    if (watchers > 0) impact.ask();
  };
  const load = async (): Promise<void> => {
    const { projectId } = store.getState();
    if (projectId === null) return;
    try {
      const entries = await client.call('lexicon.get', { projectId });
      if (isOpen(projectId)) store.setState({ entries });
      weigh();
    } catch (error) {
      messages.fail(error);
    }
  };
  const put = async (projectId: ProjectId, entries: readonly LexiconEntry[]): Promise<void> => {
    const saved = await client.call('lexicon.set', { projectId, entries: [...entries] });
    if (isOpen(projectId)) store.setState({ entries: saved, considered: null });
    weigh();
  };
  const change = async (what: string, next: readonly LexiconEntry[]): Promise<boolean> => {
    const { projectId, entries: before } = store.getState();
    if (projectId === null) return false;
    try {
      await put(projectId, next);
      undo.note({ what, undo: () => put(projectId, before), redo: () => put(projectId, next) });
      return true;
    } catch (error) {
      messages.fail(error);
      return false;
    }
  };
  client.on('lexicon.changed', ({ projectId }) => {
    if (isOpen(projectId)) void load();
  });
  for (const event of ['take.added', 'variant.changed', 'script.changed'] as const) client.on(event, weigh);

  /** The audition's take, as soon as its one line is over. */
  const takeOf = (renderId: RenderId): Promise<TakeId> =>
    new Promise((resolve, reject) => {
      const ends: (() => void)[] = [];
      const finish = (settle: () => void): void => {
        for (const end of ends) end();
        settle();
      };
      const look = async (): Promise<void> => {
        const [item] = await client.call('render.items', { renderId, limit: 1 });
        if (item?.takeId) return finish(() => resolve(item.takeId as TakeId));
        if (item?.state !== 'failed' && item?.state !== 'cancelled') return;
        const message = item.error?.message ?? wordsOf('lexicon')('auditionCancelled');
        finish(() => reject(new AppError('provider_failed', message)));
      };
      const again = (): void => void look().catch((error: unknown) => finish(() => reject(error)));
      ends.push(
        client.on('render.changed', ({ render }) => {
          if (render.id === renderId) again();
        }),
        client.on('take.added', again),
        client.onGap(again),
      );
      again();
    });

  let asked = 0;
  const t = () => wordsOf('lexicon');
  return Object.assign(store, {
    refresh: load,
    open: async (projectId: ProjectId): Promise<void> => {
      if (isOpen(projectId)) return;
      store.setState({ ...nothing, projectId });
      await load();
    },
    /** The list is on the screen: keeps count of the lines it touches until the returned function is called. */
    watch: (): (() => void) => {
      watchers += 1;
      weigh();
      return () => {
        watchers -= 1;
      };
    },
    add: (entry: LexiconEntry) => change(t()('undoAdd', { word: entry.word }), [entry, ...store.getState().entries]),
    replace: (index: number, entry: LexiconEntry) =>
      change(
        t()('undoEdit', { word: entry.word }),
        store.getState().entries.map((old, at) => (at === index ? entry : old)),
      ),
    remove: (index: number) => {
      const { entries } = store.getState();
      return change(
        t()('undoRemove', { word: entries[index]?.word ?? '' }),
        entries.filter((_, at) => at !== index),
      );
    },
    /** What the entries would be if the form was saved; null: they stay. */
    consider: (entries: readonly LexiconEntry[] | null): void => {
      if (entries === null && store.getState().considered === null) return;
      store.setState({ considered: entries });
      weigh();
    },
    /** Works out how the word reaches a voice and what hearing it costs; null clears it. */
    ask: async (entry: LexiconEntry | null, speaker: Speaker | null): Promise<void> => {
      const turn = ++asked;
      if (entry === null || speaker === null) return store.setState({ hearing: null });
      const { settings, ...who } = speaker;
      try {
        const compiled = await client.call('lexicon.compile', { entry, ...who });
        // The price may not be known; the word can be heard all the same.
        const quote = await client
          .call('voice.quote', { ...who, settings, text: compiled.text })
          .catch(() => ({ credits: null, owned: false }));
        if (turn === asked) store.setState({ hearing: { ...compiled, credits: quote.credits, owned: quote.owned } });
      } catch {
        if (turn === asked) store.setState({ hearing: null });
      }
    },
    /** Speaks the word alone; null when it could not, with the reason shown. */
    audition: async (entry: LexiconEntry, speaker: Speaker): Promise<TakeId | null> => {
      store.setState({ auditioning: true });
      const { settings, ...who } = speaker;
      try {
        const { text } = await client.call('lexicon.compile', { entry, ...who });
        const { renderId } = await client.call('voice.audition', { ...who, settings, text });
        return await takeOf(renderId);
      } catch (error) {
        messages.fail(error);
        return null;
      } finally {
        store.setState({ auditioning: false });
      }
    },
  });
};
