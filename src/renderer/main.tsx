import './jitless.ts';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './styles/base.css';
import './styles/tokens.css';
import './styles/text-size.css';
import { connect } from '#client/connect.ts';
import { mountStudio } from './app/mount.tsx';
import { showNoConnection } from './app/no-connection.tsx';
import { createAppearanceStore } from './stores/appearance-store.ts';

createAppearanceStore(window);

const element = document.getElementById('studio') as HTMLElement;
connect().then(
  (client) => mountStudio(client, element),
  async (error: unknown) => {
    await showNoConnection(error, element);
  },
);
