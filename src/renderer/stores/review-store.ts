/** The Review room: what is heard in which order, who decided what, and what is done again. */
import type { Client } from '#client/index.ts';
import type { RenderId, TakeId } from '#contract/entities.ts';
import type { TextSource } from '#contract/methods/text-source.ts';
import { wordsOf } from '../words/words.ts';
import type { MessageStore } from './message-store.ts';
import type { NavigationStore } from './navigation-store.ts';
import type { PlayerStore } from './player-store.ts';
import type { PreferenceStore } from './preference-store.ts';
import { createRefresher } from './refresher.ts';
import { createCompare } from './review/compare.ts';
import { createJudge } from './review/judge.ts';
import { createList } from './review/list.ts';
import { createRemarks } from './review/remarks.ts';
import { createRetake } from './review/retake.ts';
import { createReviewState, type Desk, takeIdOf } from './review/state.ts';
import type { UndoStore } from './undo-store.ts';

const layoutName = 'review';
/** So that stepping through a list asks for nothing on the way. */
const glanceMs = 60;
const lingerMs = 450;

export const createReviewStore = (
  client: Client,
  messages: MessageStore,
  others: {
    readonly navigation: NavigationStore;
    readonly undo: UndoStore;
    readonly preferences: PreferenceStore;
    readonly player: PlayerStore;
  },
) => {
  const { navigation, preferences, player } = others;
  const store = createReviewState();
  const desk: Desk = { client, messages, store, ...others };

  const loadDetails = async (): Promise<void> => {
    const { active } = store.getState();
    const takeId = takeIdOf(store.getState());
    if (active === null || active.takes === 0) return;
    const { recipeHash } = active;
    try {
      const [takes, comments, timed] = await Promise.all([
        client.call('review.takes', { recipeHash }),
        client.call('review.comments', { recipeHash }),
        takeId === null ? null : client.call('take.timings', { takeId }),
      ]);
      if (store.getState().active?.recipeHash !== recipeHash) return;
      store.setState({ takes, comments, timings: timed?.timings ?? null });
    } catch (error) {
      messages.fail(error);
    }
  };
  const details = createRefresher(loadDetails, { delayMs: glanceMs, pace: 'settle' });
  const price = createRefresher(() => retake.loadPrice(), { delayMs: lingerMs, pace: 'settle' });
  const list = createList(desk, {
    ask: () => {
      details.ask();
      price.ask();
    },
    now: details.now,
  });
  const judge = createJudge(desk, list);
  const retake = createRetake(desk, list);
  const compare = createCompare(desk);
  const remarks = createRemarks(desk, () => {
    details.ask();
    list.askWhenResting();
  });

  const loadPeople = async (): Promise<void> => {
    try {
      store.setState({ people: await client.call('person.list', {}) });
    } catch (error) {
      messages.fail(error);
    }
  };
  const isOpen = (): boolean => navigation.getState().room === 'review';
  const openAddress = (): void => {
    if (!isOpen()) return;
    const { scriptId, query } = navigation.getState();
    list.openScope(scriptId, (query['render'] ?? null) as RenderId | null);
  };
  navigation.subscribe(openAddress);
  // Loaded when the room is first entered; from then on it follows what happens.
  const isUsed = (): boolean => store.getState().scriptId !== null;
  client.on('person.changed', () => void loadPeople());
  client.on('review.changed', () => {
    if (!isUsed()) return;
    list.askWhenResting();
    details.ask();
  });
  client.on('take.added', ({ takeId, recipeHash, takeNo }) => {
    if (!isUsed()) return;
    list.ask();
    if (store.getState().active?.recipeHash !== recipeHash) return;
    void details.now().then(() => {
      const { active, takes } = store.getState();
      if (active?.recipeHash !== recipeHash || takes.length < 2) return;
      retake.arrived(takeId, takeNo);
    });
  });
  client.on('take.selected', () => {
    if (isUsed()) list.askWhenResting();
  });
  for (const event of ['script.changed', 'variant.changed'] as const)
    client.on(event, ({ scriptId }) => {
      if (scriptId === store.getState().scriptId) list.ask();
    });
  client.on('lexicon.changed', () => {
    if (isUsed()) list.ask();
  });

  /** Heard is what played to its end, whatever room was open meanwhile. */
  const heardToEnd = (takeId: TakeId): void => {
    client.call('review.markHeard', { takeId }).catch(messages.fail);
    const me = list.me();
    if (me === undefined) return;
    const add = (heardBy: readonly string[]): string[] => [...new Set([...heardBy, me])];
    list.patch(
      (item) => item.takeId === takeId && !item.heardBy.includes(me),
      ({ heardBy }) => ({ heardBy: add(heardBy) }),
    );
  };
  player.subscribe((now, before) => {
    if (now.phase !== 'stopped' || before.phase !== 'playing' || now.program === null) return;
    if (now.program !== before.program || now.seconds < now.totalSeconds || now.totalSeconds === 0) return;
    const [step] = now.program.steps;
    if (now.program.steps.length !== 1 || step === undefined) return;
    const takeId = now.side === 'other' ? (step.other?.takeId ?? step.takeId) : step.takeId;
    if (takeId !== null) heardToEnd(takeId);
  });
  preferences.subscribe((now, before) => {
    if (now.layout === before.layout && now.ready === before.ready) return;
    const kept = now.layout[layoutName];
    if (typeof kept === 'object' && kept !== null && 'autoplay' in kept && typeof kept['autoplay'] === 'boolean')
      store.setState({ autoplay: kept['autoplay'] });
  });

  return Object.assign(store, {
    ...judge,
    ...retake,
    ...compare,
    ...remarks,
    show: list.show,
    step: list.step,
    more: list.more,
    choose: list.choose,
    me: list.me,
    refresh: async (): Promise<void> => {
      await loadPeople();
      openAddress();
      if (isUsed()) await list.refresh();
    },
    /** Looks again after something went wrong. */
    again: list.refresh,
    showTake: (shownTakeId: TakeId): void => {
      store.setState({ shownTakeId, comparison: null, writing: null, timings: null });
      details.ask();
      if (player.getState().phase !== 'stopped') void list.play();
    },
    /** Plays what is in front, or goes on with it; a comparison that is open plays as one. */
    toggle: (): void => {
      const playing = player.getState();
      const { comparison } = store.getState();
      const takeId = takeIdOf(store.getState());
      const mine =
        comparison === null ? playing.program?.id === takeId : playing.program?.id.startsWith('compare:') === true;
      if (mine) player.toggle();
      else void list.play();
    },
    /** Seconds from the start of the take in front; it is loaded where it was not. */
    seek: async (seconds: number): Promise<void> => {
      const takeId = takeIdOf(store.getState());
      const { program } = player.getState();
      if (program?.id !== takeId && program?.id.startsWith('compare:') !== true) await list.play();
      player.seek(seconds);
    },
    setAutoplay: (autoplay: boolean): void => {
      store.setState({ autoplay });
      void preferences.setLayout(layoutName, { autoplay });
    },
    openRender: (renderId: RenderId | null): void =>
      navigation.go({ room: 'review', query: renderId === null ? {} : { render: renderId } }),
    /** A zip for a client; null when it was refused, and why is shown. */
    pack: async (choice: {
      readonly title: string;
      readonly note: string;
      readonly openOnly: boolean;
      readonly variants: readonly string[] | null;
    }) => {
      const { scriptId, renderId } = store.getState();
      if (scriptId === null) return null;
      const { variants, title, ...rest } = choice;
      try {
        return await client.call('review.package', {
          scriptId,
          ...rest,
          ...(title.trim() === '' ? {} : { title }),
          ...(renderId === null ? {} : { renderId }),
          ...(variants === null ? {} : { variants: [...variants] }),
        });
      } catch (error) {
        messages.fail(error);
        return null;
      }
    },
    readBack: async (file: File): Promise<void> => {
      try {
        const source: TextSource = { kind: 'blob', blobId: await client.upload(file) };
        const read = await client.call('review.readBack', { source });
        const t = wordsOf('review');
        const { approved, rejected, comments, unknown, repeated } = read;
        const parts = [
          t('readApproved', { count: approved }),
          t('readRejected', { count: rejected }),
          t('readComments', { count: comments }),
          ...(repeated > 0 ? [t('readRepeated', { count: repeated })] : []),
          ...(unknown > 0 ? [t('readUnknown', { count: unknown })] : []),
        ];
        messages.show(
          unknown > 0 ? 'warning' : 'notice',
          `${t('readFrom', { name: read.person })} ${parts.join(', ')}.`,
        );
        await list.refresh();
      } catch (error) {
        messages.fail(error);
      }
    },
    exportUrl: client.exportUrl,
  });
};
