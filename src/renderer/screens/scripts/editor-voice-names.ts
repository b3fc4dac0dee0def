/** Behind a voice's id in the head, its name: ids alone say nothing to a person. */
import { type Extension, type Range, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
  WidgetType,
} from '@codemirror/view';

const setNames = StateEffect.define<ReadonlyMap<string, string>>();
const names = StateField.define<ReadonlyMap<string, string>>({
  create: () => new Map(),
  update: (value, transaction) => {
    let next = value;
    for (const effect of transaction.effects) if (effect.is(setNames)) next = effect.value;
    return next;
  },
});

class NameWidget extends WidgetType {
  readonly name: string;
  constructor(name: string) {
    super();
    this.name = name;
  }
  override eq(other: NameWidget): boolean {
    return other.name === this.name;
  }
  override toDOM(): HTMLElement {
    const element = document.createElement('span');
    element.className = 'cue-voice-name';
    element.textContent = this.name;
    return element;
  }
}

/** Heads are short; rows below this one are not looked at. */
const mostRows = 200;

const build = ({ state }: EditorView): DecorationSet => {
  const known = state.field(names);
  if (known.size === 0 || !/^\uFEFF?---\s*$/u.test(state.doc.line(1).text)) return Decoration.none;
  const found: Range<Decoration>[] = [];
  for (let row = 2; row <= Math.min(mostRows, state.doc.lines); row += 1) {
    const { text, to } = state.doc.line(row);
    if (/^(?:---|\.\.\.)\s*$/u.test(text)) break;
    const reference = /^\s+[^:]+:\s*["']?([^"'#]*?\/[^"'#]*?)["']?\s*$/u.exec(text)?.[1];
    const name = reference === undefined ? undefined : known.get(reference);
    if (name !== undefined && !reference?.endsWith(`/${name}`))
      found.push(Decoration.widget({ widget: new NameWidget(name), side: 1 }).range(to));
  }
  return Decoration.set(found);
};

export const showVoiceNames = (view: EditorView, known: ReadonlyMap<string, string>): void =>
  view.dispatch({ effects: setNames.of(known) });

/** Looked at again only when something changed in the head's own rows. */
const touchesHead = (update: ViewUpdate): boolean => {
  let touches = false;
  update.changes.iterChangedRanges((from) => {
    touches ||= from <= update.startState.doc.line(Math.min(mostRows, update.startState.doc.lines)).to;
  });
  return touches;
};

export const voiceNames: Extension = [
  names,
  ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;
      constructor(view: EditorView) {
        this.decorations = build(view);
      }
      update(update: ViewUpdate): void {
        const isNew = update.startState.field(names) !== update.state.field(names);
        if (isNew || (update.docChanged && touchesHead(update))) this.decorations = build(update.view);
        else if (update.docChanged) this.decorations = this.decorations.map(update.changes);
      }
    },
    { decorations: (one) => one.decorations },
  ),
];
