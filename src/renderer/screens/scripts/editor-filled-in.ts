/** Variables shown with the values of one variant; the one under the cursor is shown as it is typed. */
import { type Extension, type Range, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
  WidgetType,
} from '@codemirror/view';

/** Null: no value yet. */
export type Values = Readonly<Record<string, string | null>>;

const setValues = StateEffect.define<Values | null>();
const values = StateField.define<Values | null>({
  create: () => null,
  update: (value, transaction) => {
    let next = value;
    for (const effect of transaction.effects) if (effect.is(setValues)) next = effect.value;
    return next;
  },
});

class ValueWidget extends WidgetType {
  readonly text: string;
  readonly isMissing: boolean;
  readonly source: string;
  constructor(text: string, isMissing: boolean, source: string) {
    super();
    this.text = text;
    this.isMissing = isMissing;
    this.source = source;
  }
  override eq(other: ValueWidget): boolean {
    return other.text === this.text && other.isMissing === this.isMissing && other.source === this.source;
  }
  override toDOM(): HTMLElement {
    const element = document.createElement('span');
    element.className = this.isMissing ? 'cue-value cue-value-missing' : 'cue-value';
    element.textContent = this.text;
    element.title = this.source;
    return element;
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

const variable = /\\?\{\{\s*([^|{}]+?)\s*(?:\|\s*"((?:[^"\\]|\\.)*)"\s*)?\}\}/gu;

const build = (view: EditorView): DecorationSet => {
  const known = view.state.field(values);
  if (known === null) return Decoration.none;
  const found: Range<Decoration>[] = [];
  const { ranges } = view.state.selection;
  for (const { from, to } of view.visibleRanges) {
    const start = view.state.doc.lineAt(from).from;
    const text = view.state.sliceDoc(start, to);
    for (const match of text.matchAll(variable)) {
      if (match[0].startsWith('\\')) continue;
      const at = start + match.index;
      const end = at + match[0].length;
      if (view.hasFocus && ranges.some((range) => range.from <= end && range.to >= at)) continue;
      const name = match[1] ?? '';
      const value = known[name] ?? match[2]?.replaceAll(/\\(.)/gu, '$1') ?? null;
      found.push(
        Decoration.replace({ widget: new ValueWidget(value ?? name, value === null, match[0]) }).range(at, end),
      );
    }
  }
  return Decoration.set(found);
};

const plugin = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = build(view);
    }
    update(update: ViewUpdate): void {
      const changed = update.startState.field(values) !== update.state.field(values);
      if (
        changed ||
        update.docChanged ||
        update.viewportChanged ||
        ((update.selectionSet || update.focusChanged) && update.state.field(values) !== null)
      )
        this.decorations = build(update.view);
    }
  },
  { decorations: (one) => one.decorations },
);

export const showValues = (view: EditorView, next: Values | null): void => {
  if (view.state.field(values) !== next) view.dispatch({ effects: setValues.of(next) });
};
export const filledIn: Extension = [values, plugin];
