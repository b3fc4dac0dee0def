import { createStore } from 'zustand/vanilla';

export const appearances = ['system', 'dark', 'light', 'contrast'] as const;
export type Appearance = (typeof appearances)[number];
export type Theme = Exclude<Appearance, 'system'>;

export interface AppearanceState {
  readonly appearance: Appearance;
  readonly theme: Theme;
}

const name = 'cuebooth_appearance';
const yearSeconds = 31_536_000;

const stored = (page: Window): Appearance => {
  const found =
    new RegExp(`(?:^|; )${name}=(\\w+)`).exec(page.document.cookie)?.[1] ?? page.localStorage.getItem(name) ?? 'dark';
  return appearances.find((known) => known === found) ?? 'dark';
};

/**
 * The look, kept by the page itself. A cookie as well as local storage: the web host takes another port at every start,
 * which is another origin to storage but the same host to cookies; Electron's scheme has storage and no cookies.
 */
export const createAppearanceStore = (page: Window) => {
  const light = page.matchMedia('(prefers-color-scheme: light)');
  const contrast = page.matchMedia('(prefers-contrast: more)');
  const themeOf = (appearance: Appearance): Theme => {
    if (appearance !== 'system') return appearance;
    if (contrast.matches) return 'contrast';
    return light.matches ? 'light' : 'dark';
  };
  const store = createStore<AppearanceState>(() => {
    const appearance = stored(page);
    return { appearance, theme: themeOf(appearance) };
  });
  const apply = (): void => {
    page.document.documentElement.dataset['theme'] = store.getState().theme;
  };
  store.subscribe(apply);
  apply();
  const follow = (): void => store.setState((state) => ({ theme: themeOf(state.appearance) }));
  light.addEventListener('change', follow);
  contrast.addEventListener('change', follow);

  return Object.assign(store, {
    choose: (appearance: Appearance): void => {
      store.setState({ appearance, theme: themeOf(appearance) });
      page.localStorage.setItem(name, appearance);
      page.document.cookie = `${name}=${appearance}; Max-Age=${yearSeconds}; Path=/; SameSite=Strict`;
    },
  });
};
