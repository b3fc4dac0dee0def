/** The CodeMirror part of the editor, a chunk of its own that is fetched when a script opens. */
import { startCompletion } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, forEachDiagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { ChangeSet, EditorState, type Extension, type Text, Transaction } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import type { Problem } from '#contract/entities.ts';
import { wordsOf } from '../../words/words.ts';
import { type Names, scriptCompletion } from './editor-completion.ts';
import { textDirection } from './editor-direction.ts';
import { filledIn, showValues, type Values } from './editor-filled-in.ts';
import { lineColumn, type LineInRow, showLines } from './editor-lines.ts';
import { editorPhrases } from './editor-phrases.ts';
import type { Fix } from './fixes.ts';
import { showVoiceNames, voiceNames } from './editor-voice-names.ts';
import { scriptHighlight, scriptLanguage } from './script-language.ts';

export interface Editor {
  readonly dom: HTMLElement;
  readonly text: () => string;
  /** The part of the text that is selected, within one row. */
  readonly selected: () => string;
  /** `open`: another script, with a history of its own; `update`: the same one, changed from outside. */
  replace(text: string, why: 'open' | 'update'): void;
  showProblems(problems: readonly { readonly problem: Problem; readonly fixes: readonly Fix[] }[]): void;
  showLines(lines: readonly LineInRow[]): void;
  /** Null: variables are shown as they are typed. */
  showValues(values: Values | null): void;
  /** Names of voices by their reference. */
  showVoiceNames(names: ReadonlyMap<string, string>): void;
  /** 1-based. */
  goTo(line: number, column: number, endColumn?: number): void;
  apply(fix: Fix): void;
  destroy(): void;
}

export interface EditorOptions {
  readonly text: string;
  readonly names: () => Names;
  /** Something was typed; `text()` has it. */
  readonly onEdit: () => void;
  /** 1-based row. */
  readonly onCursor: (row: number) => void;
  readonly onPlay: (row: number) => void;
  /** A fix that leads to another part of the studio. */
  readonly onOpen: (place: 'cast' | 'variants') => void;
}

const place = (doc: Text, { line, column, endColumn }: Problem): { from: number; to: number } | null => {
  if (line === null || line < 1 || line > doc.lines) return null;
  const row = doc.line(line);
  const from = Math.min(row.to, row.from + Math.max(0, (column ?? 1) - 1));
  const to = Math.min(row.to, endColumn === null ? row.to : row.from + Math.max(0, endColumn - 1));
  return to > from ? { from, to } : { from: row.from, to: row.to };
};

/** The studio's own commands have these keys: the page takes them, not the editor. */
const taken = new Set(['Mod-Enter', 'Alt-ArrowLeft', 'Alt-ArrowRight', 'Mod-i', 'Mod-Shift-f', 'Mod-Shift-h']);

/** What changed between two texts, as one piece: cursor, history and cells outside it stay. */
const difference = (
  before: string,
  after: string,
): { readonly from: number; readonly to: number; readonly insert: string } => {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let end = 0;
  while (end < most - start && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end))
    end += 1;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
};

/** The first fix of the problem under the cursor. */
const fixHere = (view: EditorView): boolean => {
  const { head } = view.state.selection.main;
  const row = view.state.doc.lineAt(head);
  let best: {
    readonly diagnostic: Diagnostic;
    readonly from: number;
    readonly to: number;
    readonly distance: number;
  } | null = null;
  forEachDiagnostic(view.state, (diagnostic, from, to) => {
    if (to < row.from || from > row.to || (diagnostic.actions?.length ?? 0) === 0) return;
    const distance = head < from ? from - head : head > to ? head - to : 0;
    if (best === null || distance < best.distance) best = { diagnostic, from, to, distance };
  });
  if (best === null) return false;
  const { diagnostic, from, to } = best as {
    readonly diagnostic: Diagnostic;
    readonly from: number;
    readonly to: number;
  };
  diagnostic.actions?.[0]?.apply(view, from, to);
  return true;
};

export const createEditor = (options: EditorOptions): Editor => {
  let quiet = false;
  let row = 0;
  /** What was typed since the problems were shown: their fixes move along. */
  let since: ChangeSet | null = null;
  const extensions: Extension = [
    lineNumbers(),
    lintGutter(),
    lineColumn(options.onPlay),
    history(),
    drawSelection(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    search({ top: true }),
    EditorState.phrases.of(editorPhrases()),
    EditorView.lineWrapping,
    textDirection,
    scriptLanguage,
    syntaxHighlighting(scriptHighlight),
    filledIn,
    voiceNames,
    scriptCompletion(options.names),
    EditorView.contentAttributes.of({
      'aria-label': wordsOf('scripts')('scriptText'),
      spellcheck: 'true',
      tabindex: '0',
    }),
    // Files that are dropped are imported by the room around the editor, not written into the text.
    EditorView.domEventHandlers({ drop: (event) => (event.dataTransfer?.files.length ?? 0) > 0 }),
    keymap.of([
      {
        key: 'Escape',
        run: ({ contentDOM }) => {
          contentDOM.blur();
          return true;
        },
      },
      { key: 'Mod-.', run: fixHere },
      ...lintKeymap,
      ...defaultKeymap.filter(({ key }) => key === undefined || !taken.has(key)),
      ...historyKeymap,
      ...searchKeymap,
    ]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged && !quiet) options.onEdit();
      if (update.docChanged && since !== null) since = since.compose(update.changes);
      if (!update.docChanged && !update.selectionSet) return;
      const now = update.state.doc.lineAt(update.state.selection.main.head).number;
      if (now !== row) {
        row = now;
        options.onCursor(now);
      }
    }),
  ];
  const stateOf = (text: string): EditorState => EditorState.create({ doc: text, extensions });
  const view = new EditorView({ state: stateOf(options.text) });

  const apply = (fix: Fix): void => {
    if (fix.opens !== undefined) options.onOpen(fix.opens);
    if (fix.change === null) return;
    const { insert, cursor } = fix.change;
    const now = (at: number): number => Math.min(view.state.doc.length, since?.mapPos(at, -1) ?? at);
    const from = now(fix.change.from);
    const to = now(fix.change.to);
    const moved = from - fix.change.from;
    view.dispatch({
      changes: { from, to, insert },
      ...(cursor === null ? {} : { selection: { anchor: cursor + moved }, scrollIntoView: true }),
      userEvent: 'input.fix',
    });
    view.focus();
    if (fix.completes === true) startCompletion(view);
  };

  return {
    dom: view.dom,
    text: () => view.state.doc.toString(),
    selected: () => {
      const { from, to } = view.state.selection.main;
      const text = view.state.sliceDoc(from, Math.min(to, from + 200));
      return text.includes('\n') ? '' : text;
    },
    replace: (text, why) => {
      const before = view.state.doc.toString();
      if (why === 'update' && text === before) return;
      quiet = true;
      if (why === 'open') {
        since = null;
        view.setState(stateOf(text));
        view.scrollDOM.scrollTop = 0;
      } else {
        view.dispatch({
          changes: difference(before, text),
          annotations: [Transaction.addToHistory.of(false), Transaction.remote.of(true)],
        });
      }
      quiet = false;
    },
    showProblems: (problems) => {
      const diagnostics = problems.flatMap(({ problem, fixes }): Diagnostic[] => {
        const where = place(view.state.doc, problem);
        if (where === null) return [];
        return [
          {
            ...where,
            severity: problem.severity === 'notice' ? 'info' : problem.severity,
            message: problem.message,
            actions: fixes.map((fix) => ({ name: fix.label, apply: () => apply(fix) })),
          },
        ];
      });
      view.dispatch(setDiagnostics(view.state, diagnostics));
      since = ChangeSet.empty(view.state.doc.length);
    },
    showLines: (lines) => showLines(view, lines),
    showValues: (values) => showValues(view, values),
    showVoiceNames: (names) => showVoiceNames(view, names),
    goTo: (line, column, endColumn) => {
      if (line < 1 || line > view.state.doc.lines) return;
      const target = view.state.doc.line(line);
      const anchor = Math.min(target.to, target.from + Math.max(0, column - 1));
      const head = endColumn === undefined ? anchor : Math.min(target.to, target.from + Math.max(0, endColumn - 1));
      view.dispatch({ selection: { anchor, head }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
      view.focus();
    },
    apply,
    destroy: () => view.destroy(),
  };
};
