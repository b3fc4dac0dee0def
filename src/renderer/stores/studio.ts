import { createStore } from 'zustand/vanilla';
import type { Client, ConnectionState } from '#client/index.ts';
import { createAccountStore } from './account-store.ts';
import { createAppearanceStore } from './appearance-store.ts';
import { createLexiconStore } from './lexicon-store.ts';
import { createLibraryStore } from './library-store.ts';
import { createMessageStore } from './message-store.ts';
import { createNavigationStore } from './navigation-store.ts';
import { createOrderStore } from './order-store.ts';
import { createPlayerStore } from './player-store.ts';
import { createProjectStore } from './project-store.ts';
import { createQueueStore } from './queue-store.ts';
import { createRenderStore } from './render-store.ts';
import { createScriptStore } from './script-store.ts';
import { createTakeStore } from './take-store.ts';
import { createVariantStore } from './variant-store.ts';
import { createVoiceStore } from './voice-store.ts';
import { createWorkspaceStore } from './workspace-store.ts';

/** Every store of one client. Each listens to the pushes of its subject; a gap fetches all snapshots again. */
export const createStudio = (client: Client, page: Window) => {
  const messages = createMessageStore();
  const navigation = createNavigationStore(page);
  const studio = {
    host: client.host,
    messages,
    navigation,
    appearance: createAppearanceStore(page),
    connection: createStore<{ readonly state: ConnectionState }>(() => ({ state: 'open' })),
    library: createLibraryStore(client, messages),
    script: createScriptStore(client, messages, navigation),
    variants: createVariantStore(client, messages, navigation),
    order: createOrderStore(client, messages, navigation),
    lexicon: createLexiconStore(client, messages),
    renders: createRenderStore(client, messages),
    queue: createQueueStore(client, messages),
    takes: createTakeStore(client, messages),
    voices: createVoiceStore(client, messages),
    workspaces: createWorkspaceStore(client, messages),
    accounts: createAccountStore(client, messages, page),
    player: createPlayerStore(client, messages),
    projects: createProjectStore(client, messages, navigation),
  };
  client.onConnection((state) => studio.connection.setState({ state }));

  const refresh = async (): Promise<void> => {
    await studio.projects.refresh();
    const { script, variants, order, lexicon, renders, queue, takes, voices, workspaces, accounts, library } = studio;
    await Promise.all(
      [script, variants, order, lexicon, renders, queue, takes, voices, workspaces, accounts, library].map((store) =>
        store.refresh(),
      ),
    );
  };
  client.onGap(() => void refresh());
  return { ...studio, refresh };
};
export type Studio = ReturnType<typeof createStudio>;
