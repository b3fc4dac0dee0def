import { createStore } from 'zustand/vanilla';
import type { ScriptId, TakeId } from '#contract/entities.ts';

export const rooms = ['scripts', 'renders', 'review', 'history', 'voices', 'usage', 'settings'] as const;
export type Room = (typeof rooms)[number];
export const scriptTabs = ['script', 'variants', 'cast', 'lexicon'] as const;
export type ScriptTab = (typeof scriptTabs)[number];
/** What lies over the room. `render` is the order sheet. */
export const overlays = [
  'palette',
  'shortcuts',
  'render',
  'new-script',
  'import',
  'find',
  'revisions',
  'subscription',
  'take',
  'notifications',
] as const;
export type Overlay = (typeof overlays)[number];

export interface Address {
  readonly room: Room;
  /** The script that Scripts and Review are about. */
  readonly scriptId: ScriptId | null;
  readonly tab: ScriptTab;
  /** The take whose sheet is open; a link to it opens in any room. */
  readonly takeId: TakeId | null;
  /** What a room is asked to show, such as `{ voice: 'Rachel' }` for History; the room decides which names it knows. */
  readonly query: Readonly<Record<string, string>>;
}

export interface NavigationState extends Address {
  readonly overlay: Overlay | null;
  /** What the overlay is about, such as a workspace's id. */
  readonly subject: string | null;
}

const decode = (text: string | undefined): string | null => {
  try {
    return text === undefined || text === '' ? null : decodeURIComponent(text);
  } catch {
    return null;
  }
};

/** `#/scripts/<id>/variants`, `#/review/<id>`, `#/history?voice=Rachel`, each with `?take=<id>`; anything else is the first room. */
export const readAddress = (hash: string): Address => {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [first, second, third] = path.split('/');
  const room = rooms.find((name) => name === first) ?? 'scripts';
  const isAboutScript = first === 'scripts' || first === 'review';
  const { take, ...query } = Object.fromEntries(new URLSearchParams(search));
  return {
    room,
    scriptId: isAboutScript ? (decode(second) as ScriptId | null) : null,
    tab: scriptTabs.find((name) => name === third) ?? 'script',
    takeId: (take ?? null) as TakeId | null,
    query,
  };
};

export const writeAddress = ({ room, scriptId, tab, takeId, query }: Address): string => {
  const script = scriptId === null ? '' : `/${encodeURIComponent(scriptId)}`;
  const path = room === 'scripts' && script !== '' ? `${script}/${tab}` : room === 'review' ? script : '';
  const search = new URLSearchParams(query);
  if (takeId !== null) search.set('take', takeId);
  return `#/${room}${path}${search.size === 0 ? '' : `?${search.toString()}`}`;
};

/** Where the person is. The address bar follows, so that back, forward, reload and links work. */
export const createNavigationStore = (place: Pick<Window, 'location' | 'history' | 'addEventListener'>) => {
  const read = (): Address => readAddress(place.location.hash);
  const start = read();
  const store = createStore<NavigationState>(() => ({
    ...start,
    overlay: start.takeId === null ? null : 'take',
    subject: null,
  }));

  const go = (to: Partial<Address>, mode: 'push' | 'replace' = 'push'): void => {
    const before = writeAddress(store.getState());
    const leaves = to.room !== undefined && to.room !== store.getState().room;
    store.setState({
      ...(leaves ? { query: {} } : {}),
      takeId: null,
      ...to,
      overlay: to.takeId ? 'take' : null,
      subject: null,
    });
    const after = writeAddress(store.getState());
    if (before === after) return;
    if (mode === 'push') place.history.pushState(null, '', after);
    else place.history.replaceState(null, '', after);
  };
  const follow = (): void => {
    const { scriptId, ...address } = read();
    store.setState({
      ...address,
      overlay: address.takeId === null ? null : 'take',
      subject: null,
      ...(scriptId === null ? {} : { scriptId }),
    });
  };
  place.addEventListener('popstate', follow);

  return Object.assign(store, {
    go,
    openScript: (scriptId: ScriptId, tab?: ScriptTab) =>
      go({ room: 'scripts', scriptId, tab: tab ?? store.getState().tab }),
    openReview: (scriptId: ScriptId, query: Readonly<Record<string, string>> = {}) =>
      go({ room: 'review', scriptId, query }),
    /** The take's sheet, over whatever room is open. */
    openTake: (takeId: TakeId) => go({ takeId }),
    show: (overlay: Overlay | null, subject: string | null = null): void => {
      if (store.getState().takeId !== null && overlay !== 'take') go({ takeId: null }, 'replace');
      store.setState({ overlay, subject });
    },
  });
};
export type NavigationStore = ReturnType<typeof createNavigationStore>;
