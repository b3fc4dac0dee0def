/** The stores around the open script: its preview, searching, earlier texts, files on their way in. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BlobId, ProjectId, RecipeHash, Script, ScriptId, TakeId } from '#contract/entities.ts';
import { createFindStore } from '#renderer/stores/find-store.ts';
import { createImportStore, importedPath } from '#renderer/stores/import-store.ts';
import { createMessageStore } from '#renderer/stores/message-store.ts';
import { createNavigationStore } from '#renderer/stores/navigation-store.ts';
import { createPreferenceStore } from '#renderer/stores/preference-store.ts';
import { createPreviewStore, type LinePreview, type Preview } from '#renderer/stores/preview-store.ts';
import type { PlayerStore } from '#renderer/stores/player-store.ts';
import { createRevisionStore } from '#renderer/stores/revision-store.ts';
import { createScriptStore } from '#renderer/stores/script-store.ts';
import { createUndoStore } from '#renderer/stores/undo-store.ts';
import { createEngineStandIn, createPlace } from './engine-stand-in.ts';

const scriptId = 's1' as ScriptId;
const projectId = 'p1' as ProjectId;
const script = (revision: number, source: string): Script => ({
  id: scriptId,
  projectId,
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
const line = (part: Partial<LinePreview>): LinePreview =>
  ({
    linePosition: 1,
    lineId: 'l1',
    sourceLine: 1,
    state: 'fresh',
    credits: 0,
    takeId: null,
    recipeHash: 'h1',
    ...part,
  }) as LinePreview;
const names = ['leeds', 'york', 'hull'];
const previewOf = (index: number): Preview => ({
  variant: names[index] ?? '',
  index,
  variants: 3,
  values: {},
  lines: [],
  seconds: 1,
  lowSeconds: 1,
  highSeconds: 1,
  slotSeconds: null,
  bandNote: '',
  credits: 0,
});

const setUp = async (answers: Parameters<typeof createEngineStandIn>[0] = {}) => {
  const engine = createEngineStandIn({
    'script.get': () => script(1, 'HOST: One.'),
    'script.check': () => script(1, 'HOST: One.'),
    'script.save': ({ source }) => script(2, (source as { text: string }).text),
    'script.preview': ({ variant, index }) =>
      previewOf(variant === undefined ? Number(index ?? 0) : Math.max(0, names.indexOf(String(variant)))),
    'preference.set': () => ({}),
    ...answers,
  });
  const messages = createMessageStore();
  const navigation = createNavigationStore(createPlace());
  const open = createScriptStore(engine.client, messages, navigation);
  const undo = createUndoStore(messages);
  const played: TakeId[] = [];
  const player = {
    startTakeId: (takeId: TakeId) => Promise.resolve(void played.push(takeId)),
  } as unknown as PlayerStore;
  const preferences = createPreferenceStore(engine.client, messages);
  const preview = createPreviewStore(engine.client, messages, navigation, { script: open, preferences, player });
  navigation.openScript(scriptId, 'script');
  await vi.advanceTimersByTimeAsync(0);
  return { engine, messages, navigation, open, undo, played, preview };
};

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('the preview of a variant', () => {
  it('goes through the variants and around at the end, however fast the key is pressed', async () => {
    const { preview } = await setUp();
    preview.step(1);
    preview.step(1);
    preview.step(1);
    preview.step(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(preview.getState().preview?.variant).toBe('york');
    preview.step(-1);
    preview.step(-1);
    await vi.advanceTimersByTimeAsync(0);
    expect(preview.getState().preview?.variant).toBe('hull');
  });

  it('follows the typing with the text that is not saved yet, and stays with its variant', async () => {
    const { preview, open, engine } = await setUp();
    preview.step(1);
    await vi.advanceTimersByTimeAsync(0);
    open.edit('HOST: Two.');
    expect(preview.getState().stale).toBe(true);
    await vi.advanceTimersByTimeAsync(100);
    expect(engine.called('script.preview').at(-1)?.input).toMatchObject({ source: 'HOST: Two.', variant: 'york' });
    expect(preview.getState()).toMatchObject({ source: 'HOST: Two.', stale: false });
  });

  it('asks nothing while another tab or room is shown', async () => {
    const { navigation, open, engine } = await setUp();
    navigation.go({ tab: 'cast' });
    const before = engine.called('script.preview').length;
    open.edit('HOST: Two.');
    await vi.advanceTimersByTimeAsync(500);
    expect(engine.called('script.preview').length).toBe(before);
    navigation.go({ tab: 'script' });
    await vi.advanceTimersByTimeAsync(500);
    expect(engine.called('script.preview').length).toBe(before + 1);
  });

  it('plays what is rendered, makes what is free and then plays it, and never makes what costs', async () => {
    const { preview, engine, played, messages } = await setUp({ 'render.enqueue': () => ({}) });
    await preview.hear(line({ takeId: 't1' as TakeId, state: 'owned' }));
    expect(played).toEqual(['t1']);
    await preview.hear(line({}));
    expect(engine.called('render.enqueue').map(({ input }) => input)).toEqual([
      { scriptId, only: ['leeds'], lineIds: ['l1'] },
    ]);
    engine.push('take.added', { takeId: 't2' as TakeId, recipeHash: 'h1' as RecipeHash, takeNo: 1 });
    expect(played).toEqual(['t1', 't2']);
    for (const credits of [12, null]) await preview.hear(line({ credits }));
    expect(engine.called('render.enqueue').length).toBe(1);
    expect(messages.getState().messages.at(-1)?.text).toContain('costs credits');
  });
});

describe('replacing over a project', () => {
  it('leaves scripts out that were unticked, and one undo takes it back in all others', async () => {
    const found = {
      total: 2,
      scripts: ['s1', 's2'].map((id) => ({
        scriptId: id,
        title: id,
        matches: [{ line: 1, column: 1, endColumn: 2, text: 'x' }],
      })),
    };
    const { engine, messages, open, undo } = await setUp({
      'script.find': () => found,
      'script.replace': ({ scriptIds }) =>
        (scriptIds as string[]).map((id) => ({ scriptId: id, title: id, matches: 1, before: 4, revision: 5 })),
      'script.revert': () => script(6, ''),
    });
    const find = createFindStore(engine.client, messages, open, undo);
    await find.open(projectId, 'x');
    find.leave('s2' as ScriptId, true);
    find.change({ replacement: 'y' });
    await find.replaceAll();
    expect(engine.called('script.replace').map(({ input }) => input['scriptIds'])).toEqual([['s1']]);
    await undo.undo();
    expect(engine.called('script.revert').map(({ input }) => input)).toEqual([{ scriptId: 's1', revision: 4 }]);
  });

  it('shows why an expression cannot be searched with', async () => {
    const { engine, messages, open, undo } = await setUp({
      'script.find': () => ({ refused: { code: 'invalid_input', message: 'This is not a regular expression.' } }),
    });
    const find = createFindStore(engine.client, messages, open, undo);
    await find.open(projectId, '(');
    expect(find.getState().failure?.message).toContain('not a regular expression');
  });
});

describe('earlier texts', () => {
  it('are compared with the one before, and going back can be undone', async () => {
    const { engine, messages, open, undo } = await setUp({
      'script.revisions': () => [3, 2, 1].map((revision) => ({ revision, at: 0, person: 'A', characters: 1 })),
      'script.revision': ({ revision }) => ({ revision, source: `text ${String(revision)}` }),
      'script.revert': () => script(4, ''),
    });
    const revisions = createRevisionStore(engine.client, messages, open, undo);
    await revisions.open();
    await revisions.choose(2);
    expect(revisions.getState()).toMatchObject({ source: 'text 2', before: 'text 1' });
    await revisions.revert();
    await undo.undo();
    expect(engine.called('script.revert').map(({ input }) => input['revision'])).toEqual([2, 3]);
  });
});

describe('files on their way in', () => {
  it('are imported under a name of our own format', () => {
    expect(['a.docx', 'b.cue.txt', 'c.d.srt', 'e'].map(importedPath)).toEqual([
      'a.cue.txt',
      'b.cue.txt',
      'c.d.cue.txt',
      'e.cue.txt',
    ]);
  });

  it('are shown as they were understood, saved when asked, and taken out again by one undo', async () => {
    const { engine, messages, navigation, undo } = await setUp({
      'script.convert': ({ fileName }) =>
        fileName === 'bad.pdf'
          ? { refused: { code: 'bad_response', message: 'It is a PDF.' } }
          : { source: 'HOST: Hi.', title: 'Hi', format: 'text', lines: 1, notes: [] },
      'script.save': ({ path }) => ({ ...script(1, 'HOST: Hi.'), id: `id of ${String(path)}` }),
      'script.remove': () => ({}),
    });
    const client = { ...engine.client, upload: () => Promise.resolve('blob' as BlobId) };
    const imports = createImportStore(client, messages, navigation, undo);
    await imports.take([new File(['x'], 'a.txt'), new File(['x'], 'bad.pdf')]);
    expect(navigation.getState().overlay).toBe('import');
    expect(imports.getState().items.map(({ use, failure }) => ({ use, failure }))).toEqual([
      { use: 'script', failure: null },
      { use: 'leave', failure: 'It is a PDF.' },
    ]);
    expect(engine.called('script.save')).toEqual([]);
    await imports.save(projectId, null);
    expect(engine.called('script.save').map(({ input }) => input['path'])).toEqual(['a.cue.txt']);
    await undo.undo();
    expect(engine.called('script.remove').map(({ input }) => input['scriptId'])).toEqual(['id of a.cue.txt']);
  });
});
