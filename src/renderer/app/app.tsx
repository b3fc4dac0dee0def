import { I18nProvider } from 'react-aria-components';
import { useStore } from 'zustand';
import { currentLocale, wordsOf } from '../words/words.ts';
import styles from './app.module.css';
import { Messages } from './messages.tsx';
import { Rail } from './rail.tsx';
import { overlayScreens, screens } from './screens.ts';
import { useStudio } from './studio-context.ts';
import { TopBar } from './top-bar.tsx';
import { Tour } from './tour.tsx';
import { TransportBar } from './transport-bar.tsx';

const Overlay = () => {
  const { navigation } = useStudio();
  const overlay = useStore(navigation, (state) => state.overlay);
  if (overlay === null) return null;
  const Screen = overlayScreens[overlay];
  return <Screen />;
};

export const App = () => {
  const { navigation, connection, language } = useStudio();
  const room = useStore(navigation, (state) => state.room);
  const lost = useStore(connection, (state) => state.state === 'lost');
  const spoken = useStore(language, (state) => state.language);
  const t = wordsOf('shell');
  const Screen = screens[room];
  return (
    // Another language draws everything anew: a sentence is asked for while drawing.
    <I18nProvider key={spoken} locale={currentLocale()}>
      <div className={styles.app}>
        <Rail />
        <TopBar />
        <main className={styles.main} aria-label={t(room)}>
          {lost && (
            <p role="status" className={styles.lost}>
              {t('lostConnection')}
            </p>
          )}
          <div className={styles.screen}>
            <Screen />
          </div>
        </main>
        <TransportBar />
        <Tour />
        <Overlay />
        <Messages />
      </div>
    </I18nProvider>
  );
};
