/** The editor and what stands beside it: one asks, the other does. The newest editor on the page is the one that is asked. */
import { createContext, useContext } from 'react';
import type { Editor } from './editor-view.ts';

export interface EditorPlace {
  current: Editor | null;
}
export const OpenEditor = createContext<EditorPlace>({ current: null });
export const useOpenEditor = (): EditorPlace => useContext(OpenEditor);
