import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Client } from '#client/index.ts';
import { createStudio } from '../stores/studio.ts';
import { App } from './app.tsx';
import { listenForShortcuts } from './shortcuts.ts';
import { StudioContext } from './studio-context.ts';

/** Draws the studio of one client into an element and keeps it in step with the engine. */
export const mountStudio = (client: Client, element: Element): void => {
  const studio = createStudio(client, window);
  listenForShortcuts(studio, window);
  window.addEventListener('beforeunload', (event) => {
    if (studio.script.getState().save !== 'saved') event.preventDefault();
  });
  void studio.refresh();
  createRoot(element).render(
    <StrictMode>
      <StudioContext value={studio}>
        <App />
      </StudioContext>
    </StrictMode>,
  );
};
