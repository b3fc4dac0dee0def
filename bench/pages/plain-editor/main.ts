/** CodeMirror as its own guide sets it up, with a text of the same length and nothing around it. */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { longScript } from '../../setup/long-script.ts';

const view = new EditorView({
  state: EditorState.create({
    doc: longScript(),
    extensions: [
      lineNumbers(),
      history(),
      drawSelection(),
      highlightActiveLine(),
      EditorView.lineWrapping,
      EditorView.theme({ '&': { height: '700px', width: '720px' }, '.cm-scroller': { overflow: 'auto' } }),
      keymap.of([...defaultKeymap, ...historyKeymap]),
    ],
  }),
});
document.getElementById('editor')?.append(view.dom);
