import { createStore } from 'zustand/vanilla';

export const appearances = ['system', 'dark', 'light', 'contrast'] as const;
export type Appearance = (typeof appearances)[number];
export type Theme = Exclude<Appearance, 'system'>;

export const textSizes = ['small', 'normal', 'large', 'huge'] as const;
export type TextSize = (typeof textSizes)[number];

export interface AppearanceState {
  readonly appearance: Appearance;
  readonly theme: Theme;
  readonly textSize: TextSize;
}

const appearanceName = 'cuebooth_appearance';
const textSizeName = 'cuebooth_text_size';
const yearSeconds = 31_536_000;

const stored = <T extends string>(page: Window, name: string, known: readonly T[], usual: T): T => {
  const found = new RegExp(`(?:^|; )${name}=(\\w+)`).exec(page.document.cookie)?.[1] ?? page.localStorage.getItem(name);
  return known.find((one) => one === found) ?? usual;
};
const keep = (page: Window, name: string, value: string): void => {
  page.localStorage.setItem(name, value);
  page.document.cookie = `${name}=${value}; Max-Age=${yearSeconds}; Path=/; SameSite=Strict`;
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
    const appearance = stored(page, appearanceName, appearances, 'dark');
    const textSize = stored(page, textSizeName, textSizes, 'normal');
    return { appearance, theme: themeOf(appearance), textSize };
  });
  const apply = (): void => {
    const { theme, textSize } = store.getState();
    Object.assign(page.document.documentElement.dataset, { theme, text: textSize });
  };
  store.subscribe(apply);
  apply();
  const follow = (): void => store.setState((state) => ({ theme: themeOf(state.appearance) }));
  light.addEventListener('change', follow);
  contrast.addEventListener('change', follow);

  return Object.assign(store, {
    choose: (appearance: Appearance): void => {
      store.setState({ appearance, theme: themeOf(appearance) });
      keep(page, appearanceName, appearance);
    },
    chooseTextSize: (textSize: TextSize): void => {
      store.setState({ textSize });
      keep(page, textSizeName, textSize);
    },
  });
};
