/** The CodeMirror part of comparing two texts: one text, what was taken out shown above what came in. */
import { unifiedMergeView } from '@codemirror/merge';
import { syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { wordsOf } from '../../words/words.ts';
import { textDirection } from './editor-direction.ts';
import { scriptHighlight, scriptLanguage } from './script-language.ts';

/** Returns the function that takes it away. */
export const showDifference = (place: HTMLElement, from: string, to: string): (() => void) => {
  const view = new EditorView({
    state: EditorState.create({
      doc: to,
      extensions: [
        lineNumbers(),
        EditorView.lineWrapping,
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorView.contentAttributes.of({ 'aria-label': wordsOf('scripts')('changes'), tabindex: '0' }),
        textDirection,
        scriptLanguage,
        syntaxHighlighting(scriptHighlight),
        unifiedMergeView({
          original: from,
          mergeControls: false,
          gutter: true,
          collapseUnchanged: { margin: 3, minSize: 8 },
        }),
      ],
    }),
  });
  place.replaceChildren(view.dom);
  return () => view.destroy();
};
