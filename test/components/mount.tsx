/** Draws a part of a screen in the real browser that the test runs in, with the studio's own styles. */
import '../../src/renderer/styles/base.css';
import '../../src/renderer/styles/tokens.css';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';

export interface Mounted {
  readonly element: HTMLElement;
  unmount(): void;
}

/** `height` in CSS px; long lists need one. */
export const mount = (node: ReactNode, { height = 600 } = {}): Mounted => {
  const element = document.createElement('div');
  element.style.height = `${height}px`;
  document.body.append(element);
  const root = createRoot(element);
  root.render(node);
  return {
    element,
    unmount: () => {
      root.unmount();
      element.remove();
    },
  };
};
