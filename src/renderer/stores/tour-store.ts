import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { MessageStore } from './message-store.ts';
import type { NavigationStore } from './navigation-store.ts';
import type { PreferenceStore } from './preference-store.ts';

/** From the text to its sound. Each step shows the place it speaks of. */
export const tourSteps = ['script', 'variants', 'render', 'hear'] as const;
export type TourStep = (typeof tourSteps)[number];

export interface TourState {
  /** Null: not shown. */
  readonly step: TourStep | null;
}

/** The first-run tour: offered once to whoever has rendered nothing yet, shown again when asked for. */
export const createTourStore = (
  client: Client,
  messages: MessageStore,
  navigation: NavigationStore,
  preferences: PreferenceStore,
) => {
  const store = createStore<TourState>(() => ({ step: null }));

  const show = (step: TourStep): void => {
    if (step === 'variants') navigation.go({ room: 'scripts', tab: 'variants' });
    else navigation.go({ room: 'scripts', tab: 'script' });
    store.setState({ step });
  };
  const end = (): void => {
    store.setState({ step: null });
    void preferences.set('tourDone', true);
  };
  preferences.subscribe((now, before) => {
    if (!now.ready || before.ready || now.tourDone) return;
    client
      .call('library.get', {})
      .then(({ counts, readOnly }) => {
        if (counts.takes === 0 && counts.scripts > 0 && !readOnly && navigation.getState().room === 'scripts')
          show('script');
      })
      .catch(messages.fail);
  });

  return Object.assign(store, {
    start: (): void => show('script'),
    end,
    go: (by: 1 | -1): void => {
      const { step } = store.getState();
      if (step === null) return;
      const next = tourSteps[tourSteps.indexOf(step) + by];
      if (next === undefined) end();
      else show(next);
    },
  });
};
