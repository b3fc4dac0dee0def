import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { MessageStore } from './message-store.ts';

export const createHistoryStore = (_client: Client, _messages: MessageStore) =>
  Object.assign(
    createStore(() => ({})),
    { refresh: async (): Promise<void> => undefined },
  );
