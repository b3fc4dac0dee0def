/** Hearing voices: ready-made previews, which never cost anything, and auditions of any words, with their price before. */
import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { ProjectId, RenderId, Take, TakeId, VoiceSettings } from '#contract/entities.ts';
import type { Voice } from '#contract/voices.ts';
import { AppError } from '#contract/errors.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import { wordsOf } from '../words/words.ts';
import type { MessageStore } from './message-store.ts';
import type { PlayerStore } from './player-store.ts';
import { createRefresher } from './refresher.ts';

/** What a voice is to say, and how. */
export interface Speech {
  readonly text: string;
  readonly model?: string | null;
  readonly settings?: VoiceSettings;
  readonly direction?: string | null;
  /** Said as a line of this project: with its lexicon, and paid for as that line. */
  readonly projectId?: ProjectId | undefined;
}
export type Quote = MethodOutput<'voice.quote'>;
export interface VoiceSoundState {
  /** By `speechKey`; `turn` is that of the question it answers. */
  readonly quotes: ReadonlyMap<string, { readonly quote: Quote; readonly turn: number }>;
  /** Rises when prices may have changed, so that those in sight are asked for anew. */
  readonly turn: number;
  /** Keys of the auditions under way. */
  readonly auditioning: readonly string[];
  /** Reference of the voice whose preview is being fetched. */
  readonly fetching: string | null;
}

const mostQuotes = 2000;
const settledMs = 3000;
type VoiceId = Pick<Voice, 'workspaceId' | 'voiceId'>;

const inputOf = ({ workspaceId, voiceId }: VoiceId, speech: Speech) => ({
  workspaceId,
  voiceId,
  text: speech.text.trim(),
  model: speech.model ?? null,
  settings: speech.settings ?? {},
  direction: speech.direction ?? null,
  ...(speech.projectId === undefined ? {} : { projectId: speech.projectId }),
});
export const speechKey = (voice: VoiceId, speech: Speech): string => JSON.stringify(inputOf(voice, speech));

export const createVoiceSound = (
  client: Client,
  messages: MessageStore,
  player: Pick<PlayerStore, 'startTake' | 'startMedia'>,
) => {
  const store = createStore<VoiceSoundState>(() => ({ quotes: new Map(), turn: 0, auditioning: [], fetching: null }));
  let previewTurn = 0;

  const prices = createRefresher(async () => store.setState(({ turn }) => ({ turn: turn + 1 })), {
    delayMs: settledMs,
    pace: 'steady',
  });
  for (const event of ['take.added', 'voice.changed', 'workspace.changed', 'lexicon.changed'] as const)
    client.on(event, prices.ask);

  const asking = new Set<string>();
  const put = (key: string, quote: Quote, turn: number): void =>
    store.setState(({ quotes }) => {
      const next = new Map(quotes).set(key, { quote, turn });
      for (const oldest of next.keys()) if (next.size > mostQuotes) next.delete(oldest);
      return { quotes: next };
    });

  /** The audition's take, as soon as its one line is over. */
  const takeOf = (renderId: RenderId): Promise<TakeId> =>
    new Promise((resolve, reject) => {
      const look = async (): Promise<void> => {
        const [item] = await client.call('render.items', { renderId, limit: 1 });
        if (item?.takeId) return finish(() => resolve(item.takeId as TakeId));
        if (item?.state === 'failed' || item?.state === 'cancelled') {
          const message = item.error?.message ?? wordsOf('voices')('auditionCancelled');
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

  /** Speaks it, or finds the take that is owned; null when it could not, with the reason shown. */
  const audition = async (voice: VoiceId, speech: Speech): Promise<Take | null> => {
    const key = speechKey(voice, speech);
    if (speech.text.trim() === '' || store.getState().auditioning.includes(key)) return null;
    previewTurn += 1;
    store.setState(({ auditioning }) => ({ auditioning: [...auditioning, key] }));
    try {
      const { renderId } = await client.call('voice.audition', inputOf(voice, speech));
      const take = await client.call('take.get', { takeId: await takeOf(renderId) });
      put(key, { credits: 0, owned: true, note: '' }, store.getState().turn);
      return take;
    } catch (error) {
      return messages.fail(error) ?? null;
    } finally {
      store.setState(({ auditioning }) => ({ auditioning: auditioning.filter((one) => one !== key) }));
    }
  };

  const play = async (
    voice: Pick<Voice, 'reference' | 'name'>,
    fetch: () => Promise<{ readonly mediaId: string }>,
  ): Promise<void> => {
    const turn = ++previewTurn;
    const isWanted = (): boolean => turn === previewTurn;
    store.setState({ fetching: voice.reference });
    try {
      const { mediaId } = await fetch();
      if (isWanted())
        await player.startMedia({
          mediaId,
          title: voice.name,
          text: voice.name,
          subtitle: wordsOf('voices')('preview'),
          isWanted,
        });
    } catch (error) {
      if (isWanted()) messages.fail(error);
    } finally {
      if (isWanted()) store.setState({ fetching: null });
    }
  };

  const hear = async (voice: VoiceId, speech: Speech): Promise<Take | null> => {
    const turn = previewTurn + 1;
    const take = await audition(voice, speech);
    if (take !== null && turn === previewTurn) await player.startTake(take);
    return take;
  };
  /** Never spends. A later wish replaces one that is still being fetched. */
  const preview = (voice: Voice, previewId?: string): Promise<void> => {
    const { workspaceId, voiceId } = voice;
    return play(voice, () =>
      client.call('voice.preview', { workspaceId, voiceId, ...(previewId === undefined ? {} : { previewId }) }),
    );
  };

  return Object.assign(store, {
    audition,
    /** Asks for the price unless it is known; never spends. */
    ask: async (voice: VoiceId, speech: Speech): Promise<void> => {
      const key = speechKey(voice, speech);
      const { turn, quotes } = store.getState();
      if (speech.text.trim() === '' || asking.has(key) || quotes.get(key)?.turn === turn) return;
      asking.add(key);
      try {
        put(key, await client.call('voice.quote', inputOf(voice, speech)), turn);
      } catch {
        // The button then says "costs credits"; the reason is told when it is pressed.
      } finally {
        asking.delete(key);
      }
    },
    hear,
    preview,
    /** The vendor's clip, or the words themselves where speech is free; nothing where it would cost. */
    inPlace: async (voice: Voice, speech: Speech): Promise<void> => {
      if (voice.previews.length > 0) await preview(voice);
      else if (voice.free) await hear(voice, speech);
    },
    previewOfLibrary: (workspaceId: Voice['workspaceId'], libraryId: string, name: string): Promise<void> =>
      play({ reference: libraryId, name }, () => client.call('voice.libraryPreview', { workspaceId, libraryId })),
    /** What is being fetched is not played any more. */
    forget: (): void => {
      previewTurn += 1;
      store.setState({ fetching: null });
    },
  });
};
export type VoiceSound = ReturnType<typeof createVoiceSound>;
