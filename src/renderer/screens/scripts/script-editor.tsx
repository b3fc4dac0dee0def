import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import type { Studio } from '../../stores/studio.ts';
import { lineAtRow } from '../../stores/preview-store.ts';
import type { Names } from './editor-completion.ts';
import type { Editor } from './editor-view.ts';
import { lineInRow } from './line-cells.ts';
import { useOpenEditor } from './open-editor.ts';
import { PreviewStrip } from './preview-strip.tsx';
import styles from './script-editor.module.css';
import { useProblems } from './use-problems.ts';

/** Read when names are offered, so that nothing is put together at every key. */
const namesOf = ({ script, variants, voices }: Studio): Names => {
  const { checked } = script.getState();
  const columns = variants.getState().table?.columns ?? [];
  const spoken = checked?.lines ?? [];
  const cast = new Map(checked?.cast.map(({ character, voice }) => [character, voice]));
  const inScript = new Map(checked?.variables.map(({ name, defaultValue }) => [name, defaultValue]));
  const isVariable = (column: string): boolean => column !== 'variant' && !column.startsWith('voice:');
  const variableNames = new Set([...inScript.keys(), ...columns.filter(isVariable)]);
  const characters = new Set([...cast.keys(), ...spoken.map(({ character }) => character)]);
  return {
    variables: [...variableNames].map((name) => ({ name, note: inScript.get(name) ?? '' })),
    characters: [...characters].map((name) => ({ name, note: cast.get(name) ?? '' })),
    directions: [...new Set(spoken.flatMap(({ direction }) => (direction === null ? [] : [direction])))],
    voices: voices.getState().voices.map(({ reference, name, language, gender }) => ({
      reference,
      name,
      note: [language, gender].filter(Boolean).join(' · '),
    })),
  };
};

/** CodeMirror in its place: fetched as a chunk of its own, fed by the stores, and never in the way of the typing. */
const useEditor = (place: React.RefObject<HTMLDivElement | null>): Editor | null => {
  const studio = useStudio();
  const { script, preview, navigation, messages } = studio;
  const [editor, setEditor] = useState<Editor | null>(null);
  useEffect(() => {
    let gone = false;
    let made: Editor | undefined;
    import('./editor-view.ts').then(({ createEditor }) => {
      if (gone || place.current === null) return;
      made = createEditor({
        text: script.getState().draft,
        names: () => namesOf(studio),
        onEdit: script.touch,
        onCursor: preview.setCursor,
        onPlay: (row) => void preview.hear(lineAtRow(preview.getState().preview, row)),
        onOpen: (tab) => navigation.go({ tab }),
      });
      place.current.append(made.dom);
      setEditor(made);
    }, messages.fail);
    return () => {
      gone = true;
      made?.destroy();
      setEditor(null);
    };
  }, [studio, script, preview, navigation, messages, place]);
  return editor;
};

/** The text follows the store: another script, or the same one changed by another window. */
const useText = (editor: Editor | null): void => {
  const { script } = useStudio();
  const load = useStore(script, (state) => state.load);
  const goingTo = useStore(script, (state) => state.goingTo);
  const held = useRef<{ readonly editor: Editor; readonly scriptId: string | undefined } | null>(null);
  useEffect(() => {
    if (editor === null) return undefined;
    const { draft, script: open } = script.getState();
    const isSame = held.current?.editor === editor && held.current.scriptId === open?.id;
    held.current = { editor, scriptId: open?.id };
    editor.replace(draft, isSame ? 'update' : 'open');
    return script.connect(editor);
  }, [editor, load, script]);
  useEffect(() => {
    if (editor === null || goingTo === null || script.getState().script?.id !== goingTo.scriptId) return;
    editor.goTo(goingTo.line, goingTo.column, goingTo.endColumn);
    script.arrived();
  }, [editor, load, goingTo, script]);
};

/** The text of the open script, with what it comes to in the variant shown. Until CodeMirror is here the text stands to be read. */
export const ScriptEditor = () => {
  const { script, preview, voices } = useStudio();
  const place = useRef<HTMLDivElement>(null);
  const editor = useEditor(place);
  const open = useOpenEditor();
  const problems = useProblems();
  const source = useStore(script, (state) => state.checkedSource);
  const shown = useStore(preview, (state) => state.preview);
  const about = useStore(preview, (state) => state.source);
  const making = useStore(preview, (state) => state.making);
  const list = useStore(voices, (state) => state.voices);
  const load = useStore(script, (state) => state.load);
  const filled = useStore(preview, (state) => state.filled);
  const cells = useMemo(() => shown?.lines.map((line) => lineInRow(line, making)) ?? [], [shown, making]);
  useText(editor);
  useEffect(() => {
    if (voices.getState().status === 'loading') void voices.refresh();
  }, [voices]);
  useEffect(() => {
    open.current = editor;
    return () => {
      open.current = null;
    };
  }, [editor, open]);
  // An answer about an older text would put its marks into the wrong places; the next one is on its way.
  useEffect(() => {
    if (editor !== null && editor.text() === source) editor.showProblems(problems);
  }, [editor, problems, source, load]);
  useEffect(() => {
    if (editor !== null && (cells.length === 0 || editor.text() === about)) editor.showLines(cells);
  }, [editor, cells, about, load]);
  useEffect(() => {
    if (editor !== null) editor.showVoiceNames(new Map(list.map(({ reference, name }) => [reference, name])));
  }, [editor, list, load]);
  useEffect(() => editor?.showValues(filled ? (shown?.values ?? null) : null), [editor, filled, shown, load]);
  return (
    <div className={styles.frame}>
      <PreviewStrip />
      <div ref={place} className={styles.editor} data-ready={editor !== null}>
        {editor === null && <pre className={styles.waiting}>{script.getState().draft}</pre>}
      </div>
    </div>
  );
};
