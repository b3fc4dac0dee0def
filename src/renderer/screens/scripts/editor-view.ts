/** The CodeMirror part of the editor, a chunk of its own that is fetched when a script opens. */
import { autocompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Text } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import type { Problem } from '#contract/entities.ts';
import { scriptHighlight, scriptLanguage } from './script-language.ts';

export interface Editor {
  readonly dom: HTMLElement;
  replace(text: string): void;
  showProblems(problems: readonly Problem[]): void;
  /** 1-based. */
  goTo(line: number, column: number): void;
  destroy(): void;
}

export interface Names {
  readonly variables: readonly string[];
  readonly characters: readonly string[];
}

const place = (doc: Text, { line, column, endColumn }: Problem): { from: number; to: number } | null => {
  if (line === null || line < 1 || line > doc.lines) return null;
  const row = doc.line(line);
  const from = Math.min(row.to, row.from + Math.max(0, (column ?? 1) - 1));
  const to = Math.min(row.to, endColumn === null ? row.to : row.from + Math.max(0, endColumn - 1));
  return to > from ? { from, to } : { from: row.from, to: row.to };
};

const complete =
  (names: () => Names) =>
  (context: CompletionContext): CompletionResult | null => {
    const variable = context.matchBefore(/\{\{[\w-]*/);
    if (variable !== null) {
      const options = names().variables.map((name) => ({ label: name, type: 'variable', apply: `${name}}}` }));
      return { from: variable.from + 2, options, validFor: /^[\w-]*$/ };
    }
    const speaker = context.matchBefore(/^\p{Lu}[\p{Lu}\p{N} _-]*/u);
    if (speaker === null) return null;
    const options = names().characters.map((name) => ({ label: name, type: 'text', apply: `${name}: ` }));
    return { from: speaker.from, options, validFor: /^[\p{Lu}\p{N} _-]*$/u };
  };

export const createEditor = (options: {
  readonly text: string;
  readonly names: () => Names;
  readonly onEdit: (text: string) => void;
}): Editor => {
  let quiet = false;
  const view = new EditorView({
    state: EditorState.create({
      doc: options.text,
      extensions: [
        lineNumbers(),
        lintGutter(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        search({ top: true }),
        EditorView.lineWrapping,
        scriptLanguage,
        syntaxHighlighting(scriptHighlight),
        autocompletion({ override: [complete(options.names)], icons: false }),
        EditorView.contentAttributes.of({ 'aria-label': 'Script text', spellcheck: 'true', tabindex: '0' }),
        keymap.of([
          {
            key: 'Escape',
            run: ({ contentDOM }) => {
              contentDOM.blur();
              return true;
            },
          },
          // Mod+Enter renders and Mod+K is the palette: the page takes them, not the editor.
          ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
          ...historyKeymap,
          ...searchKeymap,
        ]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !quiet) options.onEdit(update.state.doc.toString());
        }),
      ],
    }),
  });

  return {
    dom: view.dom,
    replace: (text) => {
      if (text === view.state.doc.toString()) return;
      quiet = true;
      const { head } = view.state.selection.main;
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: text },
        selection: { anchor: Math.min(head, text.length) },
      });
      quiet = false;
    },
    showProblems: (problems) => {
      const diagnostics = problems.flatMap((problem): Diagnostic[] => {
        const where = place(view.state.doc, problem);
        if (where === null) return [];
        return [
          { ...where, severity: problem.severity === 'notice' ? 'info' : problem.severity, message: problem.message },
        ];
      });
      view.dispatch(setDiagnostics(view.state, diagnostics));
    },
    goTo: (line, column) => {
      if (line < 1 || line > view.state.doc.lines) return;
      const row = view.state.doc.line(line);
      const anchor = Math.min(row.to, row.from + Math.max(0, column - 1));
      view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
};
