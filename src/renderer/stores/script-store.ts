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

export interface ScriptState {
  readonly script: Script | null;
  /** What the editor holds. */
  readonly draft: string;
  readonly checked: Checked | null;
  readonly save: SaveState;
  /** Rises when the text was replaced from outside, so that the editor takes it over. */
  readonly load: number;
}

const checkAfterMs = 180;
const saveAfterMs = 1200;
const nothing: ScriptState = { script: null, draft: '', checked: null, save: 'saved', load: 0 };

/** The open script: the text being typed, what is wrong with it, and whether it is safe on disk. */
export const createScriptStore = (client: Client, messages: MessageStore, navigation: NavigationStore) => {
  const store = createStore<ScriptState>(() => nothing);
  const isOpen = (scriptId: ScriptId): boolean => store.getState().script?.id === scriptId;

  const take = (script: Script): void =>
    store.setState((state) => ({
      script,
      draft: script.source,
      checked: script,
      save: 'saved',
      load: state.load + 1,
    }));

  const load = async (scriptId: ScriptId): Promise<void> => {
    try {
      const script = await client.call('script.get', { scriptId });
      if (navigation.getState().scriptId === scriptId) take(script);
    } catch (error) {
      if (failureOf(error).code === 'not_found') navigation.setState({ scriptId: null });
      else messages.fail(error);
    }
  };

  const check = createRefresher(
    async () => {
      const { draft, script } = store.getState();
      if (script === null) return;
      try {
        const checked = await client.call('script.check', { source: draft, scriptId: script.id });
        if (isOpen(script.id)) store.setState({ checked });
      } catch (error) {
        messages.fail(error);
      }
    },
    { delayMs: checkAfterMs, pace: 'settle' },
  );

  const save = async (): Promise<void> => {
    const { script, draft, save: before } = store.getState();
    if (script === null || before === 'elsewhere' || draft === script.source) return;
    store.setState({ save: 'saving' });
    try {
      const { projectId, path } = script;
      const saved = await client.call('script.save', { projectId, path, source: { kind: 'text', text: draft } });
      if (!isOpen(script.id)) return;
      const untouched = store.getState().draft === draft;
      store.setState({
        script: saved,
        save: untouched ? 'saved' : 'unsaved',
        ...(untouched ? { checked: saved } : {}),
      });
      if (!untouched) saver.ask();
    } catch (error) {
      store.setState({ save: 'failed' });
      messages.fail(error);
    }
  };
  const saver = createRefresher(save, { delayMs: saveAfterMs, pace: 'settle' });

  const open = async (scriptId: ScriptId | null): Promise<void> => {
    if (store.getState().save === 'unsaved') await saver.now();
    check.stop();
    saver.stop();
    if (scriptId === null) store.setState({ ...nothing, load: store.getState().load + 1 });
    else await load(scriptId);
  };
  navigation.subscribe((now, before) => {
    if (now.scriptId !== before.scriptId) void open(now.scriptId);
  });
  client.on('script.changed', ({ scriptId, revision }) => {
    const { script, save: state } = store.getState();
    if (script === null || script.id !== scriptId || revision <= script.revision || state === 'saving') return;
    if (state === 'saved') void load(scriptId);
    else store.setState({ save: 'elsewhere' });
  });

  return Object.assign(store, {
    refresh: async (): Promise<void> => {
      const { scriptId } = navigation.getState();
      if (scriptId !== null && store.getState().save === 'saved') await load(scriptId);
    },
    edit: (draft: string): void => {
      const { script, save: state, draft: before } = store.getState();
      if (script === null || draft === before) return;
      store.setState({ draft, save: state === 'elsewhere' ? state : draft === script.source ? 'saved' : 'unsaved' });
      check.ask();
      if (state !== 'elsewhere') saver.ask();
    },
    save: saver.now,
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
