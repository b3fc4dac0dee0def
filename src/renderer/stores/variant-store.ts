import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { Problem, ScriptId, VariantTable } from '#contract/entities.ts';
import type { VariantOperation, VariantOutlook } from '#contract/methods/variant.ts';
import { wordsOf } from '../words/words.ts';
import type { MessageStore } from './message-store.ts';
import type { NavigationStore } from './navigation-store.ts';
import { createRefresher } from './refresher.ts';
import type { UndoStore } from './undo-store.ts';
import { expectPatch, mergePatch, nameColumnOf, type Patched, replaceOperations } from './variant-table.ts';

/** A file that was looked at and not taken yet. */
export interface Trial {
  readonly file: File;
  readonly columns: readonly string[];
  readonly rows: number;
  readonly problems: readonly Problem[];
}

/** How the rows are looked at; the table itself stays as it is. */
export interface VariantView {
  readonly filter: string;
  readonly onlyProblems: boolean;
  readonly sort: { readonly column: string; readonly direction: 'ascending' | 'descending' } | null;
}

export interface VariantState {
  readonly table: VariantTable | null;
  /** Rises when rows came, went or moved, or columns changed. */
  readonly shape: number;
  readonly view: VariantView;
  /** By row; rows that cannot be spoken yet are not in it. */
  readonly outlook: ReadonlyMap<number, VariantOutlook>;
  /** The outlook is being worked out for what the table says now. */
  readonly outlookStale: boolean;
  /** Why the last file was not taken; the table stayed as it was. */
  readonly refused: { readonly file: string; readonly problems: readonly Problem[] } | null;
  /** Waits for a yes: it would replace rows, or something about it is worth knowing. */
  readonly trial: Trial | null;
  readonly importing: boolean;
}

const plainView: VariantView = { filter: '', onlyProblems: false, sort: null };
const nothing: VariantState = {
  table: null,
  shape: 0,
  view: plainView,
  outlook: new Map(),
  outlookStale: true,
  refused: null,
  trial: null,
  importing: false,
};
const hasErrors = (problems: readonly Problem[]): boolean => problems.some(({ severity }) => severity === 'error');

/** The open script's variants. */
export const createVariantStore = (
  client: Client,
  messages: MessageStore,
  navigation: NavigationStore,
  undo: UndoStore,
) => {
  const store = createStore<VariantState>(() => nothing);
  const t = () => wordsOf('variants');
  const openScript = (): ScriptId | null => navigation.getState().scriptId;
  const isOpen = (scriptId: ScriptId): boolean => openScript() === scriptId;
  /** Names of the open script's variables: the grid knows them and tells. */
  let variables: readonly string[] = [];
  let watchers = 0;
  /** Our own changes under way, oldest first; what the engine pushes about them is no news. */
  const changing: (readonly VariantOperation[])[] = [];
  let newest = 0;

  const show = (table: VariantTable | null): void => store.setState(({ shape }) => ({ table, shape: shape + 1 }));
  const load = async (): Promise<void> => {
    const scriptId = openScript();
    if (scriptId === null) return store.setState({ table: null, refused: null, trial: null });
    try {
      const table = await client.call('variant.list', { scriptId });
      if (isOpen(scriptId)) show(table);
    } catch (error) {
      messages.fail(error);
    }
  };
  const refresher = createRefresher(load, { delayMs: 80, pace: 'steady' });
  const outlooker = createRefresher(
    async () => {
      const scriptId = openScript();
      if (scriptId === null || watchers === 0) return;
      try {
        const { revision, variants } = await client.call('variant.outlook', { scriptId });
        if (!isOpen(scriptId)) return;
        const outlook = new Map(variants.map((one) => [one.row, one] as const));
        store.setState({ outlook, outlookStale: revision < (store.getState().table?.revision ?? 0) });
      } catch (error) {
        messages.fail(error);
      }
    },
    { delayMs: 500, pace: 'steady' },
  );
  const look = (): void => {
    store.setState({ outlookStale: true });
    if (watchers > 0) outlooker.ask();
  };
  const catchUp = (): void => {
    if (changing.length === 0 && newest > (store.getState().table?.revision ?? 0)) refresher.ask();
  };

  client.on('variant.changed', ({ scriptId, revision }) => {
    if (!isOpen(scriptId)) return;
    newest = Math.max(newest, revision);
    look();
    catchUp();
  });
  client.on('script.changed', ({ scriptId }) => {
    if (!isOpen(scriptId)) return;
    // Whether a cell is needed depends on the script.
    refresher.ask();
    look();
  });
  for (const event of ['lexicon.changed', 'workspace.changed', 'take.added', 'take.selected'] as const)
    client.on(event, look);
  client.on('render.changed', ({ render }) => {
    if (render.scriptId !== null && isOpen(render.scriptId)) look();
  });
  navigation.subscribe((now, before) => {
    if (now.scriptId === before.scriptId) return;
    newest = 0;
    store.setState(({ shape }) => ({ ...nothing, shape: shape + 1 }));
    void refresher.now();
    if (watchers > 0) void outlooker.now();
  });

  // One after the other: rows are counted as the change before left them.
  let turn: Promise<unknown> = Promise.resolve();
  const apply = (scriptId: ScriptId, operations: readonly VariantOperation[]): Promise<Patched> => {
    changing.push(operations);
    const work = turn.then(async () => {
      try {
        const patched = await client.call('variant.patch', { scriptId, operations: [...operations] });
        const { table } = store.getState();
        if (!isOpen(scriptId) || table === null) return patched;
        const merged = mergePatch(table, patched);
        // What was typed since stays on the screen.
        const nameColumn = nameColumnOf(merged.columns, variables);
        const later = changing.slice(1).reduce((now, steps) => expectPatch(now, steps, nameColumn) ?? now, merged);
        if (patched.table === null) store.setState({ table: later });
        else show(later);
        return patched;
      } catch (error) {
        // What was shown before the answer came is taken back.
        if (isOpen(scriptId)) refresher.ask();
        throw error;
      } finally {
        changing.shift();
        catchUp();
      }
    });
    turn = work.catch(() => undefined);
    return work;
  };
  /** `back` are the steps that take `what` back; each turn gives those for the next. */
  const noteUndo = (scriptId: ScriptId, what: string, back: readonly VariantOperation[]): void => {
    let steps = back;
    const swing = async (): Promise<void> => {
      steps = (await apply(scriptId, steps)).undo;
    };
    undo.note({ what, undo: swing, redo: swing });
  };
  const patch = async (what: string, operations: readonly VariantOperation[]): Promise<boolean> => {
    const scriptId = openScript();
    const { table } = store.getState();
    if (scriptId === null || table === null || operations.length === 0) return false;
    const expected = expectPatch(table, operations, nameColumnOf(table.columns, variables));
    if (expected !== null) store.setState({ table: expected });
    try {
      noteUndo(scriptId, what, (await apply(scriptId, operations)).undo);
      return true;
    } catch (error) {
      messages.fail(error);
      return false;
    }
  };

  const replaceBy = (scriptId: ScriptId, what: string, before: VariantTable | null, after: VariantTable): void => {
    newest = Math.max(newest, after.revision);
    show(after);
    store.setState({ refused: null, trial: null, view: plainView, outlook: new Map() });
    look();
    if (before === null) return;
    const nameColumn = nameColumnOf([...before.columns, ...after.columns], variables);
    noteUndo(scriptId, what, replaceOperations(after, before, nameColumn));
  };
  const take = async (source: File | string, name: string): Promise<void> => {
    const scriptId = openScript();
    if (scriptId === null) return;
    const before = store.getState().table;
    store.setState({ importing: true, refused: null, trial: null });
    try {
      const { saved, ...table } = await client.call('variant.import', {
        scriptId,
        source:
          typeof source === 'string'
            ? { kind: 'text', text: source }
            : { kind: 'blob', blobId: await client.upload(source) },
      });
      if (!saved) return store.setState({ refused: { file: name, problems: table.problems } });
      const { problems: _, ...rest } = table;
      // What a file said about itself is told once; what is wrong with the table is told as long as it is.
      replaceBy(scriptId, t()('undoImport', { name }), before, { ...rest, problems: [] });
      messages.show('notice', t()('imported', { name, count: table.variants.length }));
      refresher.ask();
    } catch (error) {
      messages.fail(error);
    } finally {
      store.setState({ importing: false });
    }
  };

  return Object.assign(store, {
    refresh: refresher.now,
    /** The grid is on the screen: keeps the outlook up to date until the returned function is called. */
    watch: (): (() => void) => {
      watchers += 1;
      void outlooker.now();
      return () => {
        watchers -= 1;
      };
    },
    look: (part: Partial<VariantView>) => store.setState(({ view }) => ({ view: { ...view, ...part } })),
    knowVariables: (names: readonly string[]): void => {
      variables = names;
    },
    /** Changes cells, rows or columns; `what` is what the person would call it. False when it was refused, with the reason shown. */
    patch,
    /** Makes an order that was only looked at the table's own; rows that are filtered out keep their order, below. */
    keepOrder: async (rows: readonly number[]): Promise<void> => {
      const { table } = store.getState();
      if (table === null) return;
      const shown = new Set(rows);
      const others = table.variants.map(({ row }) => row).filter((row) => !shown.has(row));
      if (await patch(t()('undoOrder'), [{ type: 'reorder', rows: [...rows, ...others] }]))
        store.setState(({ view }) => ({ view: { ...view, sort: null } }));
    },
    warn: (text: string) => messages.show('warning', text),
    /** Looks at a file first, and asks when it would replace rows or when something about it is worth knowing. */
    importFile: async (file: File): Promise<void> => {
      const scriptId = openScript();
      if (scriptId === null) return;
      store.setState({ importing: true, refused: null, trial: null });
      try {
        const source = { kind: 'blob', blobId: await client.upload(file) } as const;
        const tried = await client.call('variant.import', { scriptId, source, dryRun: true });
        if (!isOpen(scriptId)) return;
        const { problems, columns, variants } = tried;
        if (hasErrors(problems)) return store.setState({ refused: { file: file.name, problems } });
        const replaces = (store.getState().table?.variants.length ?? 0) > 0;
        if (replaces || problems.length > 0)
          return store.setState({ trial: { file, columns, rows: variants.length, problems } });
      } catch (error) {
        messages.fail(error);
        return;
      } finally {
        store.setState({ importing: false });
      }
      await take(file, file.name);
    },
    acceptTrial: async (): Promise<void> => {
      const { trial } = store.getState();
      if (trial !== null) await take(trial.file, trial.file.name);
    },
    dismissTrial: () => store.setState({ trial: null }),
    /** A table out of the clipboard, its first row the names of the columns. */
    importText: (text: string) => take(text, t()('clipboard')),
    clear: async (): Promise<void> => {
      const scriptId = openScript();
      const before = store.getState().table;
      if (scriptId === null) return;
      try {
        replaceBy(scriptId, t()('undoClear'), before, await client.call('variant.clear', { scriptId }));
      } catch (error) {
        messages.fail(error);
      }
    },
    forgetRefused: () => store.setState({ refused: null }),
    /** Null when it could not be made, with the reason shown. */
    exportText: async (): Promise<{ readonly fileName: string; readonly text: string } | null> => {
      const scriptId = openScript();
      if (scriptId === null) return null;
      try {
        return await client.call('variant.export', { scriptId });
      } catch (error) {
        messages.fail(error);
        return null;
      }
    },
  });
};
export type VariantStore = ReturnType<typeof createVariantStore>;
