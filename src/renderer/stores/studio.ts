import { createStore } from 'zustand/vanilla';
import type { Client, ConnectionState } from '#client/index.ts';
import { createAccountStore } from './account-store.ts';
import { createAppearanceStore } from './appearance-store.ts';
import { createHistoryStore } from './history-store.ts';
import { createLanguageStore } from './language-store.ts';
import { createLexiconStore } from './lexicon-store.ts';
import { createLibraryStore } from './library-store.ts';
import { createMessageStore } from './message-store.ts';
import { createNavigationStore } from './navigation-store.ts';
import { createNotificationStore } from './notification-store.ts';
import { createOrderStore } from './order-store.ts';
import { createPlayerStore } from './player-store.ts';
import { createPreferenceStore } from './preference-store.ts';
import { createProjectStore } from './project-store.ts';
import { createQueueStore } from './queue-store.ts';
import { createRenderStore } from './render-store.ts';
import { createReviewStore } from './review-store.ts';
import { createScriptStore } from './script-store.ts';
import { createTakeStore } from './take-store.ts';
import { createUndoStore } from './undo-store.ts';
import { createUsageStore } from './usage-store.ts';
import { createVariantStore } from './variant-store.ts';
import { createVoiceStore } from './voice-store.ts';
import { createWorkspaceStore } from './workspace-store.ts';

/** Every store of one client. Each listens to the pushes of its subject; a gap fetches all snapshots again. */
export const createStudio = (client: Client, page: Window) => {
  const messages = createMessageStore();
  const navigation = createNavigationStore(page);
  const undo = createUndoStore(messages);
  const preferences = createPreferenceStore(client, messages);
  const studio = {
    host: client.host,
    messages,
    navigation,
    undo,
    preferences,
    language: createLanguageStore(preferences, messages, page),
    appearance: createAppearanceStore(page),
    connection: createStore<{ readonly state: ConnectionState }>(() => ({ state: 'open' })),
    library: createLibraryStore(client, messages, page),
    notifications: createNotificationStore(client, messages),
    projects: createProjectStore(client, messages, navigation),
    script: createScriptStore(client, messages, navigation),
    variants: createVariantStore(client, messages, navigation),
    order: createOrderStore(client, messages, navigation),
    lexicon: createLexiconStore(client, messages),
    renders: createRenderStore(client, messages),
    queue: createQueueStore(client, messages),
    takes: createTakeStore(client, messages),
    review: createReviewStore(client, messages),
    history: createHistoryStore(client, messages),
    voices: createVoiceStore(client, messages),
    workspaces: createWorkspaceStore(client, messages),
    accounts: createAccountStore(client, messages, page),
    usage: createUsageStore(client, messages),
    player: createPlayerStore(client, messages),
  };
  const useOutput = (): void => void studio.player.setOutput(preferences.getState().audioDevice).catch(messages.fail);
  preferences.subscribe((now, before) => {
    if (now.audioDevice !== before.audioDevice) useOutput();
  });
  client.onConnection((state) => studio.connection.setState({ state }));

  const refresh = async (): Promise<void> => {
    await Promise.all([studio.preferences.refresh(), studio.projects.refresh()]);
    const { library, notifications, script, variants, order, lexicon, renders, queue, takes, voices } = studio;
    const { review, history, workspaces, accounts, usage } = studio;
    await Promise.all(
      [
        ...[library, notifications, script, variants, order, lexicon, renders, queue, takes, voices],
        ...[review, history, workspaces, accounts, usage],
      ].map((store) => store.refresh()),
    );
  };
  client.onGap(() => void refresh());
  return { ...studio, refresh };
};
export type Studio = ReturnType<typeof createStudio>;
