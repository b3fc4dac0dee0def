import { createStore } from 'zustand/vanilla';
import type { ScriptId } from '#contract/entities.ts';

export const rooms = ['scripts', 'renders', 'takes', 'voices', 'settings'] as const;
export type Room = (typeof rooms)[number];
export const scriptTabs = ['script', 'variants', 'cast', 'lexicon'] as const;
export type ScriptTab = (typeof scriptTabs)[number];
/** What lies over the room. `render` is the order sheet. */
export type Overlay = 'palette' | 'shortcuts' | 'render' | 'new-script';

export interface NavigationState {
  readonly room: Room;
  readonly scriptId: ScriptId | null;
  readonly tab: ScriptTab;
  readonly overlay: Overlay | null;
}

type Address = Pick<NavigationState, 'room' | 'scriptId' | 'tab'>;

const decode = (text: string): ScriptId | null => {
  try {
    return decodeURIComponent(text) as ScriptId;
  } catch {
    return null;
  }
};

/** `#/scripts/<id>/variants`; anything else is the first room. */
export const readAddress = (hash: string): Address => {
  const [first, second, third] = hash.replace(/^#\/?/, '').split('/');
  const room = rooms.find((name) => name === first) ?? 'scripts';
  const scriptId = first === 'scripts' && second ? decode(second) : null;
  return { room, scriptId, tab: scriptTabs.find((name) => name === third) ?? 'script' };
};

export const writeAddress = ({ room, scriptId, tab }: Address): string =>
  room === 'scripts' && scriptId !== null ? `#/scripts/${encodeURIComponent(scriptId)}/${tab}` : `#/${room}`;

/** Where the person is. The address bar follows, so that back, forward and reload work. */
export const createNavigationStore = (place: Pick<Window, 'location' | 'history' | 'addEventListener'>) => {
  const store = createStore<NavigationState>(() => ({ ...readAddress(place.location.hash), overlay: null }));

  const go = (to: Partial<Address>, mode: 'push' | 'replace' = 'push'): void => {
    const before = writeAddress(store.getState());
    store.setState({ ...to, overlay: null });
    const after = writeAddress(store.getState());
    if (before === after) return;
    if (mode === 'push') place.history.pushState(null, '', after);
    else place.history.replaceState(null, '', after);
  };
  place.addEventListener('popstate', () => {
    const { scriptId, ...address } = readAddress(place.location.hash);
    store.setState({ ...address, overlay: null, ...(scriptId === null ? {} : { scriptId }) });
  });

  return Object.assign(store, {
    go,
    openScript: (scriptId: ScriptId, tab?: ScriptTab) =>
      go({ room: 'scripts', scriptId, tab: tab ?? store.getState().tab }),
    show: (overlay: Overlay | null) => store.setState({ overlay }),
  });
};
export type NavigationStore = ReturnType<typeof createNavigationStore>;
