import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { ScriptId } from '#contract/entities.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import type { LinePreview } from '#contract/methods/script.ts';
import { wordsOf } from '../words/words.ts';
import type { MessageStore } from './message-store.ts';
import type { NavigationStore } from './navigation-store.ts';
import type { PlayerStore } from './player-store.ts';
import type { PreferenceStore } from './preference-store.ts';
import { createRefresher } from './refresher.ts';
import type { ScriptStore } from './script-store.ts';

export type Preview = MethodOutput<'script.preview'>;
export type { LinePreview } from '#contract/methods/script.ts';

export interface PreviewState {
  readonly preview: Preview | null;
  /** The text that the preview is about; rows in it fit this text only. */
  readonly source: string;
  /** The text or the sounds have changed since, and the answer is on its way. */
  readonly stale: boolean;
  /** Variables are shown with the variant's values. */
  readonly filled: boolean;
  /** 1-based row of the cursor. */
  readonly cursorRow: number;
  /** Line whose sound is being made, to be heard as soon as it is there. */
  readonly making: string | null;
}

const layoutName = 'scripts.filled';
const nothing = { preview: null, source: '', stale: false, cursorRow: 1, making: null } as const;

/** What the open script says in one variant, line by line, kept in step with the typing and the queue. */
export const createPreviewStore = (
  client: Client,
  messages: MessageStore,
  navigation: NavigationStore,
  others: { readonly script: ScriptStore; readonly preferences: PreferenceStore; readonly player: PlayerStore },
) => {
  const { script, preferences, player } = others;
  const store = createStore<PreviewState>(() => ({ ...nothing, filled: false }));
  /** Which variant is wanted next: by name while the table is edited, by place when stepping through it. */
  let wanted: { readonly variant?: string; readonly index?: number } = {};
  const isShown = (): boolean => {
    const { room, tab } = navigation.getState();
    return room === 'scripts' && tab === 'script';
  };

  const load = async (): Promise<void> => {
    const { script: open, draft } = script.getState();
    if (open === null || !isShown()) return;
    const asked = wanted;
    try {
      const preview = await client.call('script.preview', {
        scriptId: open.id,
        ...asked,
        ...(draft === open.source ? {} : { source: draft }),
      });
      if (script.getState().script?.id !== open.id) return;
      const isLatest = asked === wanted;
      if (isLatest) wanted = { variant: preview.variant, index: preview.index };
      store.setState({ preview, source: draft, stale: !isLatest || script.getState().draft !== draft });
    } catch (error) {
      messages.fail(error);
    }
  };
  const refresher = createRefresher(load, { delayMs: 60, pace: 'settle' });
  /** While a render runs, takes come in by the hundred. */
  const sounds = createRefresher(load, { delayMs: 500, pace: 'steady' });
  const ask = (): void => {
    store.setState({ stale: true });
    refresher.ask();
  };

  script.subscribe((now, before) => {
    if (now.script?.id !== before.script?.id) {
      wanted = {};
      store.setState(nothing);
      if (now.script !== null) void refresher.now();
    } else if (now.draft !== before.draft) ask();
  });
  navigation.subscribe((now, before) => {
    if ((now.room !== before.room || now.tab !== before.tab) && isShown()) ask();
  });
  const ifOpen = ({ scriptId }: { readonly scriptId: ScriptId }): void => {
    if (scriptId === script.getState().script?.id) ask();
  };
  client.on('variant.changed', ifOpen);
  client.on('script.changed', ifOpen);
  for (const event of ['lexicon.changed', 'workspace.changed', 'voice.changed'] as const) client.on(event, ask);
  for (const event of ['take.selected', 'review.changed', 'render.changed'] as const) client.on(event, sounds.ask);
  client.on('take.added', ({ takeId, recipeHash }) => {
    sounds.ask();
    if (store.getState().making !== recipeHash) return;
    store.setState({ making: null });
    void player.startTakeId(takeId);
  });

  const choose = (next: typeof wanted): void => {
    wanted = next;
    store.setState({ stale: true });
    void refresher.now();
  };
  const makeAndHear = async (line: LinePreview): Promise<void> => {
    const open = script.getState().script;
    const { preview } = store.getState();
    if (open === null || preview === null || line.recipeHash === null) return;
    store.setState({ making: line.recipeHash });
    await script.save();
    try {
      await client.call('render.enqueue', { scriptId: open.id, only: [preview.variant], lineIds: [line.lineId] });
    } catch (error) {
      store.setState({ making: null });
      messages.fail(error);
    }
  };

  return Object.assign(store, {
    refresh: async (): Promise<void> => {
      store.setState({ filled: preferences.getState().layout[layoutName] === true });
      await refresher.now();
    },
    /** To the next variant or the one before; around at the ends. */
    step: (by: 1 | -1): void => {
      const { preview } = store.getState();
      if (preview === null || preview.variants < 2) return;
      const from = wanted.index ?? preview.index;
      choose({ index: (from + by + preview.variants) % preview.variants });
    },
    choose: (variant: string): void => choose({ variant }),
    setFilled: (filled: boolean): void => {
      store.setState({ filled });
      void preferences.setLayout(layoutName, filled);
    },
    setCursor: (cursorRow: number): void => {
      if (store.getState().cursorRow !== cursorRow) store.setState({ cursorRow });
    },
    /** Plays a line's take; one that costs nothing is made at once and then played. */
    hear: async (line: LinePreview | undefined): Promise<void> => {
      const t = wordsOf('scripts');
      if (line === undefined) return messages.show('notice', t('noLineHere'));
      if (line.takeId !== null) return player.startTakeId(line.takeId);
      if (line.state === 'problem') return messages.show('warning', t('lineHasProblem', { line: line.linePosition }));
      if (line.state === 'queued' || line.state === 'running')
        return messages.show('notice', t('lineIsComing', { line: line.linePosition }));
      if (line.credits === 0) return makeAndHear(line);
      messages.show('notice', t('lineNotRendered', { line: line.linePosition }));
    },
  });
};

/** The line that a row of the text belongs to: its own, else the one spoken above it. */
export const lineAtRow = (preview: Preview | null, row: number): LinePreview | undefined =>
  preview?.lines.find(({ sourceLine }) => sourceLine === row);
