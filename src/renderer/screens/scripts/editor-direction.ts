/** Right-to-left text is shown right: a row goes by what is spoken in it, not by the Latin name before it. */
import type { Extension, Range } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';

const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
const marks = /\{\{[^}]*\}\}|\[pause[^\]]*\]/giu;
const row = Decoration.line({ attributes: { dir: 'rtl' } });

/** By the first letter that is said. */
export const isRightToLeft = (text: string): boolean => {
  if (!rightToLeft.test(text)) return false;
  const said = text
    .replace(/^\s*[\p{Lu}\p{N} _.'’&/#-]{1,40}(?:\([^)]*\))?\s*(?:\{[^}]*\})?\s*:\s/u, '')
    .replaceAll(marks, '');
  const first = /\p{L}/u.exec(said)?.[0];
  return first !== undefined && rightToLeft.test(first);
};

const build = (view: EditorView): DecorationSet => {
  const rows: Range<Decoration>[] = [];
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = view.state.doc.lineAt(at);
      if (isRightToLeft(line.text)) rows.push(row.range(line.from));
      at = line.to + 1;
    }
  }
  return Decoration.set(rows, true);
};

export const textDirection: Extension = [
  EditorView.perLineTextDirection.of(true),
  ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;
      constructor(view: EditorView) {
        this.decorations = build(view);
      }
      update(update: ViewUpdate): void {
        if (update.docChanged || update.viewportChanged) this.decorations = build(update.view);
      }
    },
    { decorations: (one) => one.decorations },
  ),
];
