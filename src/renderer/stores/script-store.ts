import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { Script, ScriptId } from '#contract/entities.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import { failureOf } from './failure.ts';
import type { MessageStore } from './message-store.ts';
import type { NavigationStore } from './navigation-store.ts';
import { createRefresher } from './refresher.ts';

export type Checked = MethodOutput<'script.check'>;
/** `elsewhere`: another window or the CLI saved a newer revision while this text was being edited. */
export type SaveState = 'saved' | 'unsaved' | 'saving' | 'failed' | 'elsewhere';

/** A place in a script that somebody wants to see; 1-based. */
export interface Place {
  readonly scriptId: ScriptId;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

/** The editor as the store needs it. */
export interface TypedText {
  readonly text: () => string;
  readonly selected: () => string;
}

export interface ScriptState {
  readonly script: Script | null;
  /** What the editor held when it was last read: at every pause of the typing, and before anything is saved. */
  readonly draft: string;
  readonly checked: Checked | null;
  /** The text that `checked` is about; places in it fit this text only. */
  readonly checkedSource: string;
  readonly save: SaveState;
  /** Rises when the text was replaced from outside, so that the editor takes it over. */
  readonly load: number;
  /** Where the editor is to go as soon as it holds that script; it clears this when it went. */
  readonly goingTo: Place | null;
}

const checkAfterMs = 180;
const saveAfterMs = 1200;
const nothing: ScriptState = {
  script: null,
  draft: '',
  checked: null,
  checkedSource: '',
  save: 'saved',
  load: 0,
  goingTo: null,
};

/** The open script: the text being typed, what is wrong with it, and whether it is safe on disk. */
export const createScriptStore = (client: Client, messages: MessageStore, navigation: NavigationStore) => {
  const store = createStore<ScriptState>(() => nothing);
  /** The editor, while there is one: its text is read when it is needed, not at every key. */
  let editor: TypedText | undefined;
  const isOpen = (scriptId: ScriptId): boolean => store.getState().script?.id === scriptId;

  /** Texts that could not be saved before the person went to another script. */
  const parked = new Map<ScriptId, { readonly draft: string; readonly revision: number }>();

  const take = (script: Script): void => {
    const kept = parked.get(script.id);
    parked.delete(script.id);
    store.setState((state) => ({
      script,
      draft: kept?.draft ?? script.source,
      checked: script,
      checkedSource: script.source,
      save: kept === undefined ? 'saved' : kept.revision === script.revision ? 'unsaved' : 'elsewhere',
      load: state.load + 1,
    }));
    if (kept !== undefined) check.ask();
    if (store.getState().save === 'unsaved') saver.ask();
  };

  /** `elsewhere`: another window saved it; what was typed here since then stays. */
  const load = async (scriptId: ScriptId, why: 'open' | 'elsewhere' = 'open'): Promise<void> => {
    try {
      const script = await client.call('script.get', { scriptId });
      if (navigation.getState().scriptId !== scriptId) return;
      if (why === 'elsewhere' && store.getState().save !== 'saved') store.setState({ save: 'elsewhere' });
      else take(script);
    } catch (error) {
      if (failureOf(error).code === 'not_found') navigation.setState({ scriptId: null });
      else messages.fail(error);
    }
  };

  const hold = (draft: string): void => {
    const { script, save: state, draft: before } = store.getState();
    if (script === null || draft === before) return;
    store.setState({ draft, save: state === 'elsewhere' ? state : draft === script.source ? 'saved' : 'unsaved' });
  };
  const readNow = (): void => {
    const { save: state, script } = store.getState();
    if (editor === undefined || script === null) return;
    if (state === 'unsaved' || state === 'saving' || state === 'failed' || state === 'elsewhere') hold(editor.text());
  };

  const takeName = async (scriptId: ScriptId): Promise<void> => {
    try {
      const { path, title } = await client.call('script.get', { scriptId });
      const { script } = store.getState();
      if (script?.id === scriptId) store.setState({ script: { ...script, path, title } });
    } catch (error) {
      if (failureOf(error).code !== 'not_found') messages.fail(error);
    }
  };

  const check = createRefresher(
    async () => {
      readNow();
      const { draft, script } = store.getState();
      if (script === null) return;
      try {
        const checked = await client.call('script.check', { source: draft, scriptId: script.id });
        if (isOpen(script.id)) store.setState({ checked, checkedSource: draft });
      } catch (error) {
        messages.fail(error);
      }
    },
    { delayMs: checkAfterMs, pace: 'settle' },
  );

  const save = async (): Promise<void> => {
    readNow();
    const { script, draft, save: before } = store.getState();
    if (script === null || before === 'elsewhere') return;
    if (draft === script.source) return store.setState({ save: 'saved' });
    store.setState({ save: 'saving' });
    try {
      const { projectId, path } = script;
      const saved = await client.call('script.save', { projectId, path, source: { kind: 'text', text: draft } });
      if (!isOpen(script.id)) return;
      readNow();
      const untouched = store.getState().draft === draft;
      store.setState({
        script: saved,
        save: untouched ? 'saved' : 'unsaved',
        ...(untouched ? { checked: saved, checkedSource: draft } : {}),
      });
      if (!untouched) saver.ask();
    } catch (error) {
      store.setState({ save: 'failed' });
      messages.fail(error);
    }
  };
  const saver = createRefresher(save, { delayMs: saveAfterMs, pace: 'settle' });

  const open = async (scriptId: ScriptId | null): Promise<void> => {
    if (['unsaved', 'failed'].includes(store.getState().save)) await saver.now();
    readNow();
    const { script, draft, save: left } = store.getState();
    if (script !== null && left !== 'saved') parked.set(script.id, { draft, revision: script.revision });
    editor = undefined;
    check.stop();
    saver.stop();
    if (scriptId === null) store.setState((state) => ({ ...nothing, load: state.load + 1, goingTo: state.goingTo }));
    else await load(scriptId);
  };
  navigation.subscribe((now, before) => {
    if (now.scriptId !== before.scriptId) void open(now.scriptId);
  });
  client.on('script.changed', ({ scriptId, revision }) => {
    const { script, save: state } = store.getState();
    if (script === null || script.id !== scriptId || state === 'saving') return;
    // A new name makes no revision.
    if (revision === script.revision) return void takeName(scriptId);
    if (revision < script.revision) return;
    if (state === 'saved') void load(scriptId, 'elsewhere');
    else store.setState({ save: 'elsewhere' });
  });

  return Object.assign(store, {
    refresh: async (): Promise<void> => {
      const { scriptId } = navigation.getState();
      if (scriptId !== null && store.getState().save === 'saved') await load(scriptId, 'elsewhere');
    },
    edit: (draft: string): void => {
      const { script, draft: before } = store.getState();
      if (script === null || draft === before) return;
      hold(draft);
      check.ask();
      if (store.getState().save !== 'elsewhere') saver.ask();
    },
    /** Something was typed; what, is read from the editor at the next pause. */
    touch: (): void => {
      const { script, save: state } = store.getState();
      if (script === null) return;
      if (state === 'saved') store.setState({ save: 'unsaved' });
      check.ask();
      if (state !== 'elsewhere') saver.ask();
    },
    /** The editor that holds the text; returns the function that lets it go, with what was typed taken over. */
    connect: (typed: TypedText): (() => void) => {
      editor = typed;
      return () => {
        if (editor !== typed) return;
        readNow();
        editor = undefined;
      };
    },
    /** What is selected in the editor, within one row; empty where nothing is. */
    selected: (): string => editor?.selected() ?? '',
    save: saver.now,
    /** Shows a place of a script in the editor, whichever is open now. */
    goTo: (place: Place): void => {
      store.setState({ goingTo: place });
      navigation.openScript(place.scriptId, 'script');
    },
    arrived: (): void => store.setState({ goingTo: null }),
    /** After `elsewhere`: theirs replaces the text, or ours becomes the next revision. */
    settle: async (whose: 'theirs' | 'ours'): Promise<void> => {
      const { script } = store.getState();
      if (script === null) return;
      if (whose === 'theirs') return load(script.id);
      store.setState({ save: 'unsaved' });
      await saver.now();
    },
  });
};
export type ScriptStore = ReturnType<typeof createScriptStore>;
