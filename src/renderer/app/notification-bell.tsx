import { Bell } from 'lucide-react';
import { useStore } from 'zustand';
import { IconButton } from '../components/button.tsx';
import { cx } from '../components/cx.ts';
import { countOpen, isOpen } from '../stores/notification-store.ts';
import { wordsOf } from '../words/words.ts';
import styles from './notification-bell.module.css';
import { useStudio } from './studio-context.ts';

/** How much waits to be looked at; opens the sheet. */
export const NotificationBell = () => {
  const { notifications, navigation } = useStudio();
  const count = useStore(notifications, countOpen);
  const isGrave = useStore(notifications, ({ alerts }) =>
    alerts.some((alert) => isOpen(alert) && alert.level === 'error'),
  );
  return (
    <span className={styles.place}>
      <IconButton label={wordsOf('account')('bell', { count })} onPress={() => navigation.show('notifications')}>
        <Bell aria-hidden />
      </IconButton>
      {count > 0 && (
        <span aria-hidden className={cx(styles.count, isGrave && styles.grave)}>
          {count}
        </span>
      )}
    </span>
  );
};
