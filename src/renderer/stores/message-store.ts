import { createStore } from 'zustand/vanilla';
import type { ErrorAction } from '#contract/errors.ts';
import { failureOf } from './failure.ts';

export interface Message {
  readonly id: number;
  readonly tone: 'notice' | 'warning' | 'error';
  readonly text: string;
  readonly action: ErrorAction | undefined;
  /** Set where the engine said it: drawn in the person's language, with `text` beneath. */
  readonly code: string | undefined;
}

export interface MessageState {
  readonly messages: readonly Message[];
  /** What the live region says; the counter makes a repeated sentence be read again. */
  readonly spoken: { readonly text: string; readonly turn: number };
}

const noticeShownMs = 6000;
const mostShown = 4;

/** Sentences for the person: shown for a while (notices) or until dismissed (errors), and read out. */
export const createMessageStore = () => {
  const store = createStore<MessageState>(() => ({ messages: [], spoken: { text: '', turn: 0 } }));
  let lastId = 0;

  const dismiss = (id: number): void =>
    store.setState((state) => ({ messages: state.messages.filter((message) => message.id !== id) }));
  const announce = (text: string): void =>
    store.setState((state) => ({ spoken: { text, turn: state.spoken.turn + 1 } }));
  const show = (tone: Message['tone'], text: string, action?: ErrorAction, code?: string): void => {
    const id = ++lastId;
    store.setState((state) => ({
      messages: [...state.messages.filter((message) => message.text !== text), { id, tone, text, action, code }].slice(
        -mostShown,
      ),
    }));
    if (tone !== 'error') setTimeout(() => dismiss(id), noticeShownMs);
  };

  return Object.assign(store, {
    announce,
    dismiss,
    show,
    /** Shows what went wrong; returns undefined so that a caller can `catch(messages.fail)`. */
    fail: (error: unknown): undefined => {
      const failure = failureOf(error);
      show('error', failure.message, failure.action, failure.code);
      return undefined;
    },
  });
};
export type MessageStore = ReturnType<typeof createMessageStore>;
