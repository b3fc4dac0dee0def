import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProjectId, Script, ScriptId } from '#contract/entities.ts';
import { createMessageStore } from '#renderer/stores/message-store.ts';
import { createNavigationStore } from '#renderer/stores/navigation-store.ts';
import { createScriptStore } from '#renderer/stores/script-store.ts';
import { createEngineStandIn, createPlace } from './engine-stand-in.ts';

const script = (revision: number, source: string): Script => ({
  id: 's1' as ScriptId,
  projectId: 'p1' as ProjectId,
  path: 'a.cue.txt',
  title: 'A',
  revision,
  source,
  slotSeconds: null,
  language: null,
  cast: [],
  lines: [],
  variables: [],
  problems: [],
  updatedAt: 0,
});

const open = async (save: (text: string) => unknown = (text) => script(2, text)) => {
  let stored = script(1, 'HOST: One.');
  const engine = createEngineStandIn({
    'script.get': ({ scriptId }) => ({ ...stored, id: scriptId }),
    'script.check': () => ({ ...stored, problems: [] }),
    'script.save': ({ source }) => save((source as { text: string }).text),
  });
  const messages = createMessageStore();
  const navigation = createNavigationStore(createPlace());
  const store = createScriptStore(engine.client, messages, navigation);
  navigation.openScript(stored.id);
  await vi.advanceTimersByTimeAsync(0);
  return { store, engine, messages, navigation, becomes: (next: Script) => (stored = next) };
};

describe('the open script', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('is saved by itself a moment after the typing stops, once', async () => {
    const { store, engine } = await open();
    store.edit('HOST: One, t');
    store.edit('HOST: One, two.');
    expect(store.getState().save).toBe('unsaved');
    await vi.advanceTimersByTimeAsync(1300);
    expect(store.getState().save).toBe('saved');
    expect(engine.called('script.save').map(({ input }) => input['source'])).toEqual([
      { kind: 'text', text: 'HOST: One, two.' },
    ]);
  });

  it('is not saved when the text came back to what is stored', async () => {
    const { store, engine } = await open();
    store.edit('HOST: Two.');
    store.edit('HOST: One.');
    await vi.advanceTimersByTimeAsync(2000);
    expect(store.getState().save).toBe('saved');
    expect(engine.called('script.save')).toEqual([]);
  });

  it('keeps the text and says why when it cannot be saved', async () => {
    const { store, messages } = await open(() => ({ refused: { code: 'disk_full', message: 'The disk is full.' } }));
    store.edit('HOST: Two.');
    await store.save();
    expect(store.getState()).toMatchObject({ save: 'failed', draft: 'HOST: Two.' });
    expect(messages.getState().messages.map(({ text }) => text)).toEqual(['The disk is full.']);
  });

  it('takes over what another window saved while nothing was typed here', async () => {
    const { store, engine, becomes } = await open();
    becomes(script(2, 'HOST: Theirs.'));
    engine.push('script.changed', { scriptId: 's1' as ScriptId, projectId: 'p1' as ProjectId, revision: 2 });
    await vi.advanceTimersByTimeAsync(0);
    expect(store.getState()).toMatchObject({ draft: 'HOST: Theirs.', save: 'saved' });
  });

  it('never overwrites what another window saved until the person chooses', async () => {
    const { store, engine, becomes } = await open((text) => script(3, text));
    store.edit('HOST: Mine.');
    becomes(script(2, 'HOST: Theirs.'));
    engine.push('script.changed', { scriptId: 's1' as ScriptId, projectId: 'p1' as ProjectId, revision: 2 });
    await vi.advanceTimersByTimeAsync(5000);
    await store.save();
    expect(store.getState()).toMatchObject({ draft: 'HOST: Mine.', save: 'elsewhere' });
    expect(engine.called('script.save')).toEqual([]);

    await store.settle('ours');
    expect(store.getState()).toMatchObject({ draft: 'HOST: Mine.', save: 'saved' });
  });

  it('reads the editor once the typing pauses, and before it is saved', async () => {
    const { store, engine } = await open();
    let typed = 'HOST: One.';
    let reads = 0;
    store.connect({
      text: () => {
        reads += 1;
        return typed;
      },
      selected: () => '',
    });
    for (const letter of ' Two.') {
      typed += letter;
      store.touch();
    }
    expect({ reads, save: store.getState().save }).toEqual({ reads: 0, save: 'unsaved' });
    await vi.advanceTimersByTimeAsync(200);
    expect(engine.called('script.check').map(({ input }) => input['source'])).toEqual(['HOST: One. Two.']);
    await vi.advanceTimersByTimeAsync(1200);
    expect(engine.called('script.save').map(({ input }) => input['source'])).toEqual([
      { kind: 'text', text: 'HOST: One. Two.' },
    ]);
    expect(store.getState().save).toBe('saved');
  });

  it('keeps what is typed while the text of another window is fetched', async () => {
    const { store, engine, becomes } = await open();
    becomes(script(2, 'HOST: Theirs.'));
    engine.push('script.changed', { scriptId: 's1' as ScriptId, projectId: 'p1' as ProjectId, revision: 2 });
    store.edit('HOST: Mine.');
    await vi.advanceTimersByTimeAsync(0);
    expect(store.getState()).toMatchObject({ draft: 'HOST: Mine.', save: 'elsewhere' });
  });

  it('keeps a text that could not be saved for when the person comes back to it', async () => {
    let isFull = true;
    const { store, navigation } = await open((text) =>
      isFull ? { refused: { code: 'disk_full', message: 'The disk is full.' } } : script(2, text),
    );
    store.edit('HOST: Two.');
    await store.save();
    navigation.openScript('other' as ScriptId);
    await vi.advanceTimersByTimeAsync(0);
    isFull = false;
    navigation.openScript('s1' as ScriptId);
    await vi.advanceTimersByTimeAsync(0);
    expect(store.getState()).toMatchObject({ draft: 'HOST: Two.', save: 'unsaved' });
    await vi.advanceTimersByTimeAsync(1300);
    expect(store.getState().save).toBe('saved');
  });

  it('takes a new name over without touching the text', async () => {
    const { store, engine, becomes } = await open();
    store.edit('HOST: Mine.');
    becomes({ ...script(1, 'HOST: One.'), path: 'b.cue.txt', title: 'B' });
    engine.push('script.changed', { scriptId: 's1' as ScriptId, projectId: 'p1' as ProjectId, revision: 1 });
    await vi.advanceTimersByTimeAsync(0);
    expect(store.getState()).toMatchObject({ draft: 'HOST: Mine.', save: 'unsaved', script: { path: 'b.cue.txt' } });
  });
});
