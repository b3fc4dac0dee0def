import { createStore } from 'zustand/vanilla';
import type { Client, ConnectionState } from '#client/index.ts';
import { createAccountStore } from './account-store.ts';
import { createAppearanceStore } from './appearance-store.ts';
import { createCastStore } from './cast-store.ts';
import { createFindStore } from './find-store.ts';
import { createHistoryStore } from './history-store.ts';
import { createImportStore } from './import-store.ts';
import { createLanguageStore } from './language-store.ts';
import { createLexiconStore } from './lexicon-store.ts';
import { createLibraryStore } from './library-store.ts';
import { createMessageStore } from './message-store.ts';
import { createNavigationStore, readAddress, writeAddress } from './navigation-store.ts';
import { createNotificationStore } from './notification-store.ts';
import { createOrderStore } from './order-store.ts';
import { createPlayerStore } from './player-store.ts';
import { createPreferenceStore } from './preference-store.ts';
import { createPreviewStore } from './preview-store.ts';
import { createProjectStore } from './project-store.ts';
import { createQueueStore } from './queue-store.ts';
import { createRefresher } from './refresher.ts';
import { createRenderStore } from './render-store.ts';
import { createRevisionStore } from './revision-store.ts';
import { createReviewStore } from './review-store.ts';
import { createScriptStore } from './script-store.ts';
import { createTakeStore } from './take-store.ts';
import { createTourStore } from './tour-store.ts';
import { createUndoStore } from './undo-store.ts';
import { createUsageStore } from './usage-store.ts';
import { createVariantStore } from './variant-store.ts';
import { createVoiceSound } from './voice-sound.ts';
import { createVoiceStore } from './voice-store.ts';
import { createWorkspaceStore } from './workspace-store.ts';

/** Every store of one client. Each listens to the pushes of its subject; a gap fetches all snapshots again. */
export const createStudio = (client: Client, page: Window) => {
  const messages = createMessageStore();
  const navigation = createNavigationStore(page);
  const undo = createUndoStore(messages);
  const preferences = createPreferenceStore(client, messages);
  const accounts = createAccountStore(client, messages, page);
  const workspaces = createWorkspaceStore(client, messages);
  const script = createScriptStore(client, messages, navigation);
  const player = createPlayerStore(client, messages);
  const sound = createVoiceSound(client, messages, player);
  const studio = {
    host: client.host,
    messages,
    navigation,
    undo,
    preferences,
    tour: createTourStore(client, messages, navigation, preferences),
    language: createLanguageStore(preferences, messages, page),
    appearance: createAppearanceStore(page),
    connection: createStore<{ readonly state: ConnectionState }>(() => ({ state: 'open' })),
    library: createLibraryStore(client, messages, page),
    notifications: createNotificationStore(client, messages, undo),
    projects: createProjectStore(client, messages, navigation, undo),
    script,
    preview: createPreviewStore(client, messages, navigation, { script, preferences, player }),
    find: createFindStore(client, messages, script, undo),
    revisions: createRevisionStore(client, messages, script, undo),
    imports: createImportStore(client, messages, navigation, undo),
    variants: createVariantStore(client, messages, navigation, undo),
    order: createOrderStore(client, messages, navigation),
    lexicon: createLexiconStore(client, messages, undo),
    renders: createRenderStore(client, messages),
    queue: createQueueStore(client, messages),
    takes: createTakeStore(client, messages, { navigation, undo }),
    review: createReviewStore(client, messages, { navigation, undo, preferences, player }),
    history: createHistoryStore(client, messages, {
      navigation,
      undo,
      workspaces: async () => {
        if (workspaces.getState().status === 'loading') await workspaces.refresh();
        return workspaces.getState().workspaces;
      },
    }),
    voices: createVoiceStore(client, messages, undo),
    sound,
    cast: createCastStore(client, messages, { script, undo, sound, player }),
    workspaces,
    accounts,
    usage: createUsageStore(client, messages, undo, preferences, accounts.periodStart),
    player,
  };
  const useOutput = (): void => void studio.player.setOutput(preferences.getState().audioDevice).catch(messages.fail);
  preferences.subscribe((now, before) => {
    if (now.audioDevice !== before.audioDevice) useOutput();
  });
  client.onConnection((state) => studio.connection.setState({ state }));

  // A studio that is opened without a place in its address goes on where this person left it.
  const goesOn = page.location.hash === '';
  preferences.subscribe((now, before) => {
    if (!now.ready || before.ready || !goesOn || now.lastAddress === null) return;
    const { takeId: _, ...place } = readAddress(now.lastAddress);
    navigation.go(place, 'replace');
  });
  const remember = createRefresher(
    async () => {
      const { takeId: _, ...place } = navigation.getState();
      const address = writeAddress({ ...place, takeId: null });
      if (preferences.getState().ready && preferences.getState().lastAddress !== address)
        await preferences.set('lastAddress', address);
    },
    { delayMs: 1500, pace: 'settle' },
  );
  navigation.subscribe(remember.ask);

  const refresh = async (): Promise<void> => {
    await Promise.all([studio.preferences.refresh(), studio.projects.refresh()]);
    const { library, notifications, script, variants, order, lexicon, renders, queue, takes, voices } = studio;
    const { review, history, accounts, usage, preview } = studio;
    await Promise.all(
      [
        ...[library, notifications, script, variants, order, lexicon, renders, queue, takes, voices],
        ...[review, history, workspaces, accounts, usage, preview],
      ].map((store) => store.refresh()),
    );
  };
  client.onGap(() => void refresh());
  return { ...studio, refresh };
};
export type Studio = ReturnType<typeof createStudio>;
