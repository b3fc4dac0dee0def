import { useStore } from 'zustand';
import { RendersScreen } from '../screens/renders/renders-screen.tsx';
import { NewScriptSheet } from '../screens/scripts/new-script-sheet.tsx';
import { RenderSheet } from '../screens/scripts/render-sheet.tsx';
import { ScriptsScreen } from '../screens/scripts/scripts-screen.tsx';
import { SettingsScreen } from '../screens/settings/settings-screen.tsx';
import { TakesScreen } from '../screens/takes/takes-screen.tsx';
import { VoicesScreen } from '../screens/voices/voices-screen.tsx';
import type { Room } from '../stores/navigation-store.ts';
import styles from './app.module.css';
import { Messages } from './messages.tsx';
import { Palette } from './palette.tsx';
import { Rail } from './rail.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { useStudio } from './studio-context.ts';
import { TopBar } from './top-bar.tsx';
import { TransportBar } from './transport-bar.tsx';

const screens = {
  scripts: ScriptsScreen,
  renders: RendersScreen,
  takes: TakesScreen,
  voices: VoicesScreen,
  settings: SettingsScreen,
} as const satisfies Record<Room, () => React.ReactNode>;

const Overlays = () => {
  const { navigation } = useStudio();
  const overlay = useStore(navigation, (state) => state.overlay);
  switch (overlay) {
    case 'palette':
      return <Palette />;
    case 'shortcuts':
      return <ShortcutSheet />;
    case 'render':
      return <RenderSheet />;
    case 'new-script':
      return <NewScriptSheet />;
    case null:
      return null;
  }
};

export const App = () => {
  const { navigation, connection } = useStudio();
  const room = useStore(navigation, (state) => state.room);
  const lost = useStore(connection, (state) => state.state === 'lost');
  const Screen = screens[room];
  return (
    <div className={styles.app}>
      <Rail />
      <TopBar />
      <main className={styles.main} aria-label={room}>
        {lost && (
          <p role="status" className={styles.lost}>
            The connection to Cuebooth is interrupted. Work in its queue goes on; this page comes back by itself.
          </p>
        )}
        <div className={styles.screen}>
          <Screen />
        </div>
      </main>
      <TransportBar />
      <Overlays />
      <Messages />
    </div>
  );
};
