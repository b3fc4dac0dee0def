import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './styles/base.css';
import './styles/tokens.css';
import { z } from 'zod';
import { connect } from '#client/connect.ts';
import { mountStudio } from './app/mount.tsx';
import { showNoConnection } from './app/no-connection.tsx';
import { createAppearanceStore } from './stores/appearance-store.ts';

// Compiled validators need eval, which the page's content security policy refuses.
z.config({ jitless: true });
createAppearanceStore(window);

const element = document.getElementById('studio') as HTMLElement;
connect().then(
  (client) => mountStudio(client, element),
  (error: unknown) => showNoConnection(error, element),
);
