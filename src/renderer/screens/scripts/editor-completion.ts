/** What is offered while a script is typed: variables, characters, voices, manners, pauses, keys of the head. */
import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import type { EditorState, Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';

export interface VoiceName {
  /** `workspace/voice`, as it is written. */
  readonly reference: string;
  readonly name: string;
  readonly note: string;
}
export interface Names {
  readonly variables: readonly { readonly name: string; readonly note: string }[];
  readonly characters: readonly { readonly name: string; readonly note: string }[];
  readonly directions: readonly string[];
  readonly voices: readonly VoiceName[];
}

/** Row of the fence that closes the head; 0 where the text has none. Heads are short: the rows below 400 are not looked at. */
const headEnd = (state: EditorState): number => {
  if (!/^\uFEFF?---\s*$/u.test(state.doc.line(1).text)) return 0;
  for (let row = 2; row <= Math.min(400, state.doc.lines); row += 1)
    if (/^(?:---|\.\.\.)\s*$/u.test(state.doc.line(row).text)) return row;
  return 0;
};

/** Writes the rest, and takes closing braces that stand there already. */
const closing =
  (close: string) =>
  (view: EditorView, completion: Completion, from: number, to: number): void => {
    const behind = view.state.sliceDoc(to, to + close.length);
    let shared = 0;
    while (shared < close.length && behind[shared] === close[shared]) shared += 1;
    const insert = completion.label + close;
    view.dispatch({
      changes: { from, to: to + shared, insert },
      selection: { anchor: from + insert.length },
      userEvent: 'input.complete',
    });
  };

const mostVoices = 200;

/** By any words of the id, the name, the language: ids alone say nothing to a person. */
const voiceOptions = (voices: readonly VoiceName[], typed: string): readonly Completion[] => {
  const words = typed
    .toLowerCase()
    .split(/[\s/]+/u)
    .filter(Boolean);
  const fits = ({ reference, name, note }: VoiceName): boolean => {
    const text = `${reference} ${name} ${note}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return voices
    .filter(fits)
    .slice(0, mostVoices)
    .map(({ reference, name, note }) => {
      const workspace = reference.slice(0, reference.indexOf('/') + 1);
      return {
        label: reference,
        displayLabel: reference === `${workspace}${name}` ? reference : `${workspace}${name}`,
        type: 'text',
        detail: note,
        apply: (view, completion, from, to) => {
          const space = view.state.sliceDoc(from - 1, from) === ':' ? ' ' : '';
          const insert = space + completion.label;
          view.dispatch({
            changes: { from, to, insert },
            selection: { anchor: from + insert.length },
            userEvent: 'input.complete',
          });
        },
      } satisfies Completion;
    });
};

const inHead = (context: CompletionContext, names: Names): CompletionResult | null => {
  const row = context.state.doc.lineAt(context.pos);
  const before = row.text.slice(0, context.pos - row.from);
  const value = /^(\s+)(?:voice|[^:]+?)\s*:\s*(\S.*|)$/u.exec(before);
  if (value !== null) {
    const typed = value[2] ?? '';
    return { from: context.pos - typed.length, options: voiceOptions(names.voices, typed), filter: false };
  }
  const cast = /^(\s+)([^:\s]*)$/u.exec(before);
  if (cast !== null) {
    const options = names.characters.map(({ name }) => ({ label: name, type: 'text', apply: `${name}: ` }));
    return { from: context.pos - (cast[2] ?? '').length, options, validFor: /^[^:\n]*$/u };
  }
  if (!/^\w*$/u.test(before) || (before === '' && !context.explicit)) return null;
  return {
    from: row.from,
    options: ['title', 'slot', 'language', 'cast'].map((key) => ({
      label: key,
      type: 'keyword',
      apply: key === 'cast' ? 'cast:\n  ' : `${key}: `,
    })),
    validFor: /^\w*$/u,
  };
};

export const completeScript =
  (names: () => Names) =>
  (context: CompletionContext): CompletionResult | null => {
    const row = context.state.doc.lineAt(context.pos);
    if (row.number < headEnd(context.state)) return inHead(context, names());
    const variable = context.matchBefore(/\{\{\s*[\p{L}\p{N}_ .-]*/u);
    if (variable !== null) {
      const from = variable.from + 2 + (/^\{\{(\s*)/u.exec(variable.text)?.[1]?.length ?? 0);
      const options = names().variables.map(({ name, note }) => ({
        label: name,
        detail: note,
        type: 'variable',
        apply: closing('}}'),
      }));
      return { from, options, validFor: /^[\p{L}\p{N}_ .-]*$/u };
    }
    const pause = context.matchBefore(/\[[\w ]*/u);
    if (pause !== null) {
      const options = ['pause 300ms', 'pause 500ms', 'pause 1s', 'pause 2s'].map((label) => ({
        label,
        type: 'keyword',
        apply: closing(']'),
      }));
      return { from: pause.from + 1, options, validFor: /^[\w ]*$/u };
    }
    const direction = context.matchBefore(/^\s*\p{Lu}[\p{Lu}\p{N} _.'’&/#-]*\([^):]*/u);
    if (direction !== null) {
      const from = direction.from + direction.text.indexOf('(') + 1;
      const options = names().directions.map((label) => ({ label, type: 'text', apply: closing('): ') }));
      return { from, options, validFor: /^[^)]*$/u };
    }
    const speaker = context.matchBefore(/^\p{Lu}[\p{Lu}\p{N} _.'’&/#-]*/u);
    if (speaker === null) return null;
    const options = names().characters.map(({ name, note }) => ({
      label: name,
      detail: note,
      type: 'text',
      apply: `${name}: `,
    }));
    return { from: speaker.from, options, validFor: /^[\p{Lu}\p{N} _.'’&/#-]*$/u };
  };

export const scriptCompletion = (names: () => Names): Extension =>
  autocompletion({ override: [completeScript(names)], icons: false, maxRenderedOptions: 60 });
