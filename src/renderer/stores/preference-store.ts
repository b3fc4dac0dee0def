import { createStore } from 'zustand/vanilla';
import { z } from 'zod';
import type { Client } from '#client/index.ts';
import type { MessageStore } from './message-store.ts';

/** What is kept for this person on this machine. What cannot be read is as if it was never set. */
const Preferences = z.object({
  /** BCP 47 tag of the studio's own words; null: the system's. */
  language: z.string().nullable().catch(null),
  /** Command id to its keys, where they differ from the usual ones. */
  shortcuts: z.record(z.string(), z.array(z.string())).catch({}),
  /** Widths and choices of the screens, by name. */
  layout: z.record(z.string(), z.json()).catch({}),
  tourDone: z.boolean().catch(false),
  /** The system's id of the output to play on; null: its default. */
  audioDevice: z.string().nullable().catch(null),
  /** Screen to open with, as an address. */
  lastAddress: z.string().nullable().catch(null),
});
export type Preferences = z.infer<typeof Preferences>;
export type PreferenceName = keyof Preferences;

export interface PreferenceState extends Preferences {
  /** The stored ones have arrived. */
  readonly ready: boolean;
}

const none: Preferences = Preferences.parse({
  language: null,
  shortcuts: {},
  layout: {},
  tourDone: false,
  audioDevice: null,
  lastAddress: null,
});

export const createPreferenceStore = (client: Client, messages: MessageStore) => {
  const store = createStore<PreferenceState>(() => ({ ...none, ready: false }));
  const refresh = async (): Promise<void> => {
    try {
      const kept = Preferences.safeParse({ ...none, ...(await client.call('preference.list', {})) });
      store.setState({ ...(kept.data ?? none), ready: true });
    } catch (error) {
      store.setState({ ready: true });
      messages.fail(error);
    }
  };
  client.on('preference.changed', () => void refresh());

  const set = async <N extends PreferenceName>(name: N, value: Preferences[N]): Promise<void> => {
    store.setState({ [name]: value } as Partial<PreferenceState>);
    try {
      await client.call('preference.set', { name, value });
    } catch (error) {
      messages.fail(error);
    }
  };
  return Object.assign(store, {
    refresh,
    set,
    /** One choice of one screen. */
    setLayout: (name: string, value: z.infer<ReturnType<typeof z.json>>): Promise<void> =>
      set('layout', { ...store.getState().layout, [name]: value }),
  });
};
export type PreferenceStore = ReturnType<typeof createPreferenceStore>;
