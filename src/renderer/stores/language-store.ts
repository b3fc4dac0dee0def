import { createStore } from 'zustand/vanilla';
import { currentLanguage, isLanguage, type Language, speak, wordsOf } from '../words/words.ts';
import type { MessageStore } from './message-store.ts';
import type { PreferenceStore } from './preference-store.ts';

export interface LanguageState {
  /** What is spoken now. */
  readonly language: Language;
}

/** The language of the studio's own words: the person's choice, else the system's if it is there, else English. */
export const createLanguageStore = (preferences: PreferenceStore, messages: MessageStore, page: Window) => {
  const store = createStore<LanguageState>(() => ({ language: currentLanguage() }));
  const ofSystem = (): Language => {
    const systems = page.navigator.languages.map((tag) => tag.split('-')[0]);
    return systems.find(isLanguage) ?? 'en';
  };
  const wanted = (): Language => {
    const { language } = preferences.getState();
    return isLanguage(language) ? language : ofSystem();
  };
  const follow = async (): Promise<void> => {
    const language = wanted();
    if (language !== currentLanguage()) {
      try {
        await speak(language);
      } catch {
        return messages.show('warning', wordsOf('settings')('languageFailed'));
      }
    }
    page.document.documentElement.lang = language;
    if (store.getState().language !== language) store.setState({ language });
  };
  preferences.subscribe((now, before) => {
    if (now.ready && (now.language !== before.language || !before.ready)) void follow();
  });
  return Object.assign(store, {
    ofSystem,
    /** Null: the system's. */
    choose: (language: Language | null): Promise<void> => preferences.set('language', language),
  });
};
