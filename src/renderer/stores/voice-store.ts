import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { ProjectId, WorkspaceId } from '#contract/entities.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import type { Model, Voice, VoiceImpact } from '#contract/voices.ts';
import { wordsOf } from '../words/words.ts';
import type { MessageStore } from './message-store.ts';
import { createRefresher } from './refresher.ts';
import type { UndoStore } from './undo-store.ts';
import { everyVoice, type VoiceFilter } from './voice-search.ts';

export interface VoiceState {
  readonly status: 'loading' | 'ready';
  readonly voices: readonly Voice[];
  readonly catalogues: MethodOutput<'voice.list'>['catalogues'];
  /** The vendors' lists are being read now, because a person wished it. */
  readonly reading: boolean;
  readonly filter: VoiceFilter;
  /** Reference of the voice that the room is about. */
  readonly active: string | null;
  /** Words to audition with. */
  readonly sample: string;
  /** Null: not asked yet. */
  readonly impact: readonly VoiceImpact[] | null;
  readonly palette: { readonly projectId: ProjectId; readonly voices: readonly Voice[] } | null;
  /** By `modelsKey`. */
  readonly models: ReadonlyMap<string, readonly Model[]>;
  /** Rises when the search field is to take the focus. */
  readonly searchTurn: number;
}

/** Voices of one reading: a page is checked and sent in a few milliseconds. */
const pageSize = 1000;
type VoiceId = Pick<Voice, 'workspaceId' | 'voiceId'>;
export const modelsKey = ({ workspaceId, voiceId }: VoiceId): string => `${workspaceId}/${voiceId}`;
const same = (a: VoiceId, b: VoiceId): boolean => a.workspaceId === b.workspaceId && a.voiceId === b.voiceId;

/** Every voice of every workspace, what people note about them, and the palettes of projects. */
export const createVoiceStore = (client: Client, messages: MessageStore, undo: Pick<UndoStore, 'note'>) => {
  const store = createStore<VoiceState>(() => ({
    status: 'loading',
    voices: [],
    catalogues: [],
    reading: false,
    filter: everyVoice,
    active: null,
    sample: wordsOf('voices')('sampleWords'),
    impact: null,
    palette: null,
    models: new Map(),
    searchTurn: 0,
  }));
  const t = () => wordsOf('voices');

  /** The first page shows at once; a list that changed between two pages is read again. */
  const readAll = async (): Promise<void> => {
    const first = await client.call('voice.list', { limit: pageSize, facets: false });
    const { catalogues } = first;
    const isFirstTime = store.getState().status === 'loading';
    if (isFirstTime || first.voices.length === first.total)
      store.setState({ status: 'ready', voices: first.voices, catalogues });
    const voices = [...first.voices];
    while (voices.length < first.total) {
      const page = await client.call('voice.list', {
        offset: voices.length,
        limit: pageSize,
        facets: false,
        refresh: false,
      });
      if (page.total !== first.total || page.voices.length === 0) return refresher.ask();
      voices.push(...page.voices);
    }
    store.setState({ voices, catalogues });
  };
  const refresher = createRefresher(
    async () => {
      try {
        await readAll();
      } catch (error) {
        messages.fail(error);
      }
    },
    { delayMs: 200, pace: 'steady' },
  );
  const impacts = createRefresher(
    async () => {
      try {
        store.setState({ impact: await client.call('voice.impact', {}) });
      } catch (error) {
        messages.fail(error);
      }
    },
    { delayMs: 1000, pace: 'steady' },
  );
  const isUsed = (): boolean => store.getState().status === 'ready';
  // Marks made here come back as pushes; what they say is known already.
  let echoes = 0;
  client.on('voice.changed', () => {
    if (echoes > 0) echoes -= 1;
    else if (isUsed()) refresher.ask();
    if (store.getState().impact !== null) impacts.ask();
  });
  client.on('workspace.changed', () => {
    store.setState({ models: new Map() });
    if (isUsed()) refresher.ask();
  });
  client.on('script.changed', () => {
    if (store.getState().impact !== null) impacts.ask();
  });
  client.on('palette.changed', ({ projectId }) => {
    if (store.getState().palette?.projectId === projectId) void loadPalette(projectId);
  });
  client.onGap(() => {
    echoes = 0;
  });

  const loadPalette = async (projectId: ProjectId): Promise<void> => {
    try {
      store.setState({ palette: { projectId, voices: await client.call('palette.get', { projectId }) } });
    } catch (error) {
      messages.fail(error);
    }
  };
  const putPalette = async (projectId: ProjectId, voices: readonly VoiceId[]): Promise<void> => {
    const rows = voices.map(({ workspaceId, voiceId }) => ({ workspaceId, voiceId }));
    const saved = await client.call('palette.set', { projectId, voices: rows });
    store.setState({ palette: { projectId, voices: saved } });
  };

  const putVoice = (voice: Voice): void =>
    store.setState((state) => ({ voices: state.voices.map((one) => (same(one, voice) ? voice : one)) }));
  const putMark = async (voice: VoiceId, change: { favourite?: boolean; alias?: string }): Promise<void> => {
    const { workspaceId, voiceId } = voice;
    echoes += 1;
    try {
      putVoice(await client.call('voice.mark', { workspaceId, voiceId, ...change }));
    } catch (error) {
      echoes = Math.max(0, echoes - 1);
      throw error;
    }
  };
  const edit = async (what: string, work: () => Promise<unknown>, back: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      undo.note({ what, undo: back, redo: work });
      return true;
    } catch (error) {
      messages.fail(error);
      return false;
    }
  };

  return Object.assign(store, {
    /** Reads the list unless it is there; pushes keep it fresh afterwards. */
    open: (): Promise<void> => (isUsed() ? Promise.resolve() : refresher.now()),
    refresh: refresher.now,
    /** Reads the vendors' lists now. Free. */
    readNow: async (workspaceId?: WorkspaceId): Promise<void> => {
      if (store.getState().reading) return;
      store.setState({ reading: true });
      try {
        await client.call('voice.refresh', workspaceId === undefined ? {} : { workspaceId });
        store.setState({ models: new Map() });
        await refresher.now();
      } catch (error) {
        messages.fail(error);
      } finally {
        store.setState({ reading: false });
      }
    },
    filter: (part: Partial<VoiceFilter>) => store.setState((state) => ({ filter: { ...state.filter, ...part } })),
    activate: (reference: string | null) => store.setState({ active: reference }),
    focusSearch: () => store.setState(({ searchTurn }) => ({ searchTurn: searchTurn + 1 })),
    setSample: (sample: string) => store.setState({ sample }),
    loadImpact: impacts.now,
    loadPalette,
    loadModels: async (voice: VoiceId): Promise<void> => {
      const key = modelsKey(voice);
      if (store.getState().models.has(key)) return;
      try {
        const { workspaceId, voiceId } = voice;
        const models = await client.call('voice.models', { workspaceId, voiceId });
        store.setState((state) => ({ models: new Map(state.models).set(key, models) }));
      } catch (error) {
        messages.fail(error);
      }
    },
    favour: ({ name, favourite, ...voice }: Voice): Promise<boolean> =>
      edit(
        t()(favourite ? 'editUnfavoured' : 'editFavoured', { name }),
        () => putMark(voice, { favourite: !favourite }),
        () => putMark(voice, { favourite }),
      ),
    /** Empty text takes it away. */
    rename: ({ name, alias, ...voice }: Voice, next: string): Promise<boolean> =>
      edit(
        t()('editAlias', { name }),
        () => putMark(voice, { alias: next.trim() }),
        () => putMark(voice, { alias: alias ?? '' }),
      ),
    /** Replaces the palette that is loaded, in this order. */
    setPalette: async (voices: readonly VoiceId[], what: string): Promise<boolean> => {
      const { palette } = store.getState();
      if (palette === null) return false;
      const before = palette.voices;
      return edit(
        what,
        () => putPalette(palette.projectId, voices),
        () => putPalette(palette.projectId, before),
      );
    },
    /** Adds a voice to the palette that is loaded, or takes it away. */
    inPalette: async (voice: Voice, project: string): Promise<boolean> => {
      const { palette } = store.getState();
      if (palette === null) return false;
      const before = palette.voices;
      const isIn = before.some((one) => same(one, voice));
      const next = isIn ? before.filter((one) => !same(one, voice)) : [...before, voice];
      return edit(
        t()(isIn ? 'editPaletteRemoved' : 'editPaletteAdded', { name: voice.name, project }),
        () => putPalette(palette.projectId, next),
        () => putPalette(palette.projectId, before),
      );
    },
    /** Voice slots of the workspace's plan; null: not told. */
    slotsOf: async (workspaceId: WorkspaceId): Promise<{ readonly used: number; readonly limit: number } | null> => {
      try {
        const { subscription } = await client.call('account.subscription', { workspaceId });
        const { used = null, limit = null } = subscription?.voiceSlots ?? {};
        return used === null || limit === null ? null : { used, limit };
      } catch {
        return null;
      }
    },
    /** The nearest replacements, best first. Null: they could not be told. */
    similar: async ({ workspaceId, voiceId }: VoiceId): Promise<MethodOutput<'voice.similar'> | null> => {
      try {
        return await client.call('voice.similar', { workspaceId, voiceId, limit: 8 });
      } catch (error) {
        return messages.fail(error) ?? null;
      }
    },
    library: async (
      workspaceId: WorkspaceId,
      query: { readonly search: string; readonly language: string; readonly gender: string; readonly page: number },
    ): Promise<MethodOutput<'voice.library'>> => {
      const { search, language, gender, page } = query;
      return client.call('voice.library', {
        workspaceId,
        page,
        ...(search.trim() === '' ? {} : { search: search.trim() }),
        ...(language === '' ? {} : { language }),
        ...(gender === '' ? {} : { gender }),
      });
    },
    addFromLibrary: async (workspaceId: WorkspaceId, libraryId: string, name: string): Promise<Voice | null> => {
      try {
        const voice = await client.call('voice.addFromLibrary', { workspaceId, libraryId, name });
        await refresher.now();
        store.setState({ active: voice.reference });
        return voice;
      } catch (error) {
        return messages.fail(error) ?? null;
      }
    },
  });
};
