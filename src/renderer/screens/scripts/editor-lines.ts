/** Beside each spoken row: its length, its price, how its take stands, and a key to hear it. */
import { type Extension, RangeSet, StateEffect, StateField, type Text } from '@codemirror/state';
import { type EditorView, gutter, GutterMarker } from '@codemirror/view';

/** How a line is shown. */
export interface LineCell {
  /** How the dot is drawn. */
  readonly state: string;
  readonly length: string;
  /** Measured, not predicted. */
  readonly isActual: boolean;
  readonly price: string;
  /** Everything in words. */
  readonly title: string;
  readonly canPlay: boolean;
  readonly isMaking: boolean;
}
/** A line before anybody looks at it: its words are found when it comes into sight. */
export interface LineInRow {
  /** 1-based row of the text that it was made for. */
  readonly row: number;
  /** Changes whenever anything that is shown does. */
  readonly key: string;
  readonly cell: () => LineCell;
}

class LineMarker extends GutterMarker {
  readonly line: LineInRow;
  constructor(line: LineInRow) {
    super();
    this.line = line;
  }
  override eq(other: LineMarker): boolean {
    return this.line.key === other.line.key;
  }
  override toDOM(): HTMLElement {
    const { state, length, isActual, price, title, canPlay, isMaking } = this.line.cell();
    const cell = document.createElement('div');
    cell.className = 'cue-cell';
    cell.title = title;
    const add = (name: string, text: string): HTMLElement => {
      const part = document.createElement('span');
      part.className = name;
      part.textContent = text;
      cell.append(part);
      return part;
    };
    add('cue-price', price);
    add('cue-length', length).dataset['actual'] = String(isActual);
    add('cue-dot', '').dataset['state'] = state;
    const play = add('cue-play', '');
    play.dataset['can'] = isMaking ? 'making' : String(canPlay);
    return cell;
  }
}

const setCells = StateEffect.define<RangeSet<LineMarker>>();
/** Cells move with their rows while the text changes; the next preview puts them right. */
const cells = StateField.define<RangeSet<LineMarker>>({
  create: () => RangeSet.empty,
  update: (value, transaction) => {
    let next = transaction.docChanged ? value.map(transaction.changes) : value;
    for (const effect of transaction.effects) if (effect.is(setCells)) next = effect.value;
    return next;
  },
});

const markersOf = (doc: Text, list: readonly LineInRow[]): RangeSet<LineMarker> =>
  RangeSet.of(
    list.flatMap((line) => (line.row <= doc.lines ? [new LineMarker(line).range(doc.line(line.row).from)] : [])),
    true,
  );

export const showLines = (view: EditorView, list: readonly LineInRow[]): void =>
  view.dispatch({ effects: setCells.of(markersOf(view.state.doc, list)) });

/** `onPlay` gets the 1-based row. Its keys are a command's: the gutter is for the pointer, and hidden from screen readers as every gutter is. */
export const lineColumn = (onPlay: (row: number) => void): Extension => [
  cells,
  gutter({
    class: 'cue-lines',
    side: 'after',
    markers: (view) => view.state.field(cells),
    domEventHandlers: {
      mousedown: (view, block, event) => {
        const target = event.target instanceof Element ? event.target.closest('.cue-play') : null;
        if (target === null || !(target instanceof HTMLElement) || target.dataset['can'] !== 'true') return false;
        onPlay(view.state.doc.lineAt(block.from).number);
        return true;
      },
    },
  }),
];
