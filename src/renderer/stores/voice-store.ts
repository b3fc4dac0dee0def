import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { RenderId, TakeId } from '#contract/entities.ts';
import type { Voice } from '#contract/voices.ts';
import { AppError } from '#contract/errors.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import type { MessageStore } from './message-store.ts';
import { createRefresher } from './refresher.ts';

export interface VoiceFilter {
  readonly search: string;
  readonly language: string | null;
  readonly gender: Voice['gender'];
  readonly workspaceName: string | null;
}

export interface VoiceState {
  readonly status: 'loading' | 'ready';
  readonly voices: readonly Voice[];
  readonly unavailable: MethodOutput<'voice.list'>['unavailable'];
  readonly catalogues: MethodOutput<'voice.list'>['catalogues'];
  readonly filter: VoiceFilter;
  readonly sample: string;
  /** References of the voices being auditioned now. */
  readonly auditioning: readonly string[];
}

const startSample = 'Spring is here, and so are we. Come in and say hello.';

export const matchVoices = (voices: readonly Voice[], filter: VoiceFilter): readonly Voice[] => {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  return voices.filter((voice) => {
    if (filter.language !== null && voice.language !== filter.language) return false;
    if (filter.gender !== null && voice.gender !== filter.gender) return false;
    if (filter.workspaceName !== null && voice.workspaceName !== filter.workspaceName) return false;
    const text = `${voice.name} ${voice.reference} ${voice.language ?? ''} ${voice.description ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
};

/** Why lists could not be read; of the workspace that is filtered for, where one is. */
export const troublesOf = (
  unavailable: VoiceState['unavailable'],
  catalogues: VoiceState['catalogues'],
  { workspaceName }: Pick<VoiceFilter, 'workspaceName'>,
): VoiceState['unavailable'] => {
  const names = new Map(catalogues.map((catalogue) => [catalogue.workspaceId, catalogue.workspaceName]));
  return unavailable.filter(
    ({ workspaceId }) => workspaceName === null || (names.get(workspaceId) ?? workspaceName) === workspaceName,
  );
};

/** Every voice of every workspace, and hearing one before it is cast. */
export const createVoiceStore = (client: Client, messages: MessageStore) => {
  const store = createStore<VoiceState>(() => ({
    status: 'loading',
    voices: [],
    unavailable: [],
    catalogues: [],
    filter: { search: '', language: null, gender: null, workspaceName: null },
    sample: startSample,
    auditioning: [],
  }));

  const refresher = createRefresher(
    async () => {
      try {
        store.setState({ status: 'ready', ...(await client.call('voice.list', {})) });
      } catch (error) {
        messages.fail(error);
      }
    },
    { delayMs: 200, pace: 'steady' },
  );
  client.on('workspace.changed', refresher.ask);

  /** The audition's take, as soon as its one line is over. */
  const takeOf = (renderId: RenderId): Promise<TakeId> =>
    new Promise((resolve, reject) => {
      const look = async (): Promise<void> => {
        const [item] = await client.call('render.items', { renderId, limit: 1 });
        if (item?.takeId) return finish(() => resolve(item.takeId as TakeId));
        if (item?.state === 'failed' || item?.state === 'cancelled') {
          const message = item.error?.message ?? 'The audition was cancelled; nothing was kept.';
          finish(() => reject(new AppError('provider_failed', message)));
        }
      };
      const again = (): void => void look().catch((error: unknown) => finish(() => reject(error)));
      const ends = [
        client.on('render.changed', ({ render }) => {
          if (render.id === renderId) again();
        }),
        client.on('take.added', again),
        client.onGap(again),
      ];
      const finish = (settle: () => void): void => {
        for (const end of ends) end();
        settle();
      };
      again();
    });

  return Object.assign(store, {
    refresh: refresher.now,
    filter: (part: Partial<VoiceFilter>) => store.setState((state) => ({ filter: { ...state.filter, ...part } })),
    setSample: (sample: string) => store.setState({ sample }),
    /** Speaks the sample; null when it could not, with the reason shown. */
    audition: async (voice: Voice, text = store.getState().sample): Promise<TakeId | null> => {
      store.setState((state) => ({ auditioning: [...state.auditioning, voice.reference] }));
      try {
        const { workspaceId, voiceId } = voice;
        const { renderId } = await client.call('voice.audition', {
          workspaceId,
          voiceId,
          text: text.trim() || startSample,
        });
        return await takeOf(renderId);
      } catch (error) {
        messages.fail(error);
        return null;
      } finally {
        store.setState((state) => ({
          auditioning: state.auditioning.filter((reference) => reference !== voice.reference),
        }));
      }
    },
  });
};
