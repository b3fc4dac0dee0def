import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { onGoToProblem } from './go-to-problem.ts';
import type { Editor } from './editor-view.ts';
import styles from './script-editor.module.css';

/** The text of the open script. CodeMirror arrives as its own chunk; until then the text stands there to be read. */
export const ScriptEditor = () => {
  const { script, messages } = useStudio();
  const load = useStore(script, (state) => state.load);
  const problems = useStore(script, (state) => state.checked?.problems);
  const place = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<Editor | null>(null);

  useEffect(() => {
    let gone = false;
    let made: Editor | undefined;
    import('./editor-view.ts').then(({ createEditor }) => {
      if (gone || place.current === null) return;
      made = createEditor({
        text: script.getState().draft,
        names: () => {
          const checked = script.getState().checked;
          return {
            variables: checked?.variables.map(({ name }) => name) ?? [],
            characters: checked?.cast.map(({ character }) => character) ?? [],
          };
        },
        onEdit: script.edit,
      });
      place.current.append(made.dom);
      setEditor(made);
    }, messages.fail);
    return () => {
      gone = true;
      made?.destroy();
      setEditor(null);
    };
  }, [script, messages]);
  // `load` rises when the draft was replaced from outside: by another script, or by another window.
  useEffect(() => editor?.replace(script.getState().draft), [editor, load, script]);
  useEffect(() => editor?.showProblems(problems ?? []), [editor, problems]);
  useEffect(() => (editor === null ? undefined : onGoToProblem((line, column) => editor.goTo(line, column))), [editor]);

  return (
    <div ref={place} className={styles.editor} data-ready={editor !== null}>
      {editor === null && <pre className={styles.waiting}>{script.getState().draft}</pre>}
    </div>
  );
};
