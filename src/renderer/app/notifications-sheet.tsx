import { BellOff, CheckCheck, CircleAlert, Clapperboard, Info, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { Alert } from '#contract/account.ts';
import { Badge } from '../components/badge.tsx';
import { Button, IconButton } from '../components/button.tsx';
import { cx } from '../components/cx.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { formatMoment } from '../components/format.ts';
import { Sheet } from '../components/sheet.tsx';
import { type EndedRender, isOpen } from '../stores/notification-store.ts';
import { wordsOf } from '../words/words.ts';
import { alertActions } from './alert-actions.ts';
import styles from './notifications-sheet.module.css';
import { useStudio } from './studio-context.ts';

const icons = { error: CircleAlert, warning: TriangleAlert, notice: Info } as const;

const Entry = ({
  level,
  title,
  at,
  children,
  actions,
  onDismiss,
  tag,
}: {
  readonly level: keyof typeof icons | 'render';
  readonly title: string;
  readonly at?: number;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  readonly onDismiss?: () => void;
  readonly tag?: ReactNode;
}) => {
  const t = wordsOf('account');
  const Icon = level === 'render' ? Clapperboard : icons[level];
  return (
    <li className={cx(styles.entry, styles[level])}>
      <Icon {...(level === 'render' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': t(`level_${level}`) })} />
      <div className={styles.words}>
        <p className={styles.head}>
          <b>{title}</b>
          {tag}
          {at !== undefined && <time dateTime={new Date(at).toISOString()}>{formatMoment(at)}</time>}
        </p>
        <p className={styles.text}>{children}</p>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
      {onDismiss !== undefined && (
        <IconButton size="small" label={t('dismissOf', { what: title })} onPress={onDismiss}>
          <X aria-hidden />
        </IconButton>
      )}
    </li>
  );
};

const OpenAlert = ({ alert }: { readonly alert: Alert }) => {
  const studio = useStudio();
  const [best, ...others] = alertActions(alert, studio);
  return (
    <Entry
      level={alert.level}
      title={wordsOf('account')(`kind_${alert.kind}`)}
      at={alert.createdAt}
      onDismiss={() => void studio.notifications.dismiss([alert])}
      actions={[best, ...others].map((action) =>
        action === undefined ? null : (
          <Button key={action.words} size="small" onPress={action.run}>
            {action.words}
          </Button>
        ),
      )}
    >
      {alert.message}
    </Entry>
  );
};

const RenderEntry = ({ ended: { render, at } }: { readonly ended: EndedRender }) => {
  const { renders, navigation, notifications } = useStudio();
  const t = wordsOf('account');
  const { succeeded, failed } = render.progress;
  const { scriptId } = render;
  return (
    <Entry
      level={failed > 0 ? 'warning' : 'render'}
      title={render.title}
      at={at}
      onDismiss={() => notifications.forgetRender(render.id)}
      actions={
        <>
          {failed > 0 && (
            <Button
              size="small"
              onPress={() => {
                // What it would cost is asked about there.
                renders.open(render.id);
                navigation.go({ room: 'renders' });
                void renders.askRetry(render.id);
              }}
            >
              {t('retryFailed', { count: failed })}
            </Button>
          )}
          {scriptId !== null && succeeded > 0 && (
            <Button size="small" onPress={() => navigation.openReview(scriptId)}>
              {t('review')}
            </Button>
          )}
          <Button
            size="small"
            onPress={() => {
              renders.open(render.id);
              navigation.go({ room: 'renders' });
            }}
          >
            {t('openRender')}
          </Button>
        </>
      }
    >
      {render.state === 'cancelled' ? t('renderCancelled') : t('renderFinished')}:{' '}
      {t('renderDone', { count: succeeded })}
      {failed > 0 && `, ${t('renderFailed', { count: failed })}`}
    </Entry>
  );
};

const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section aria-label={title} className={styles.part}>
    <h3 className={styles.title}>{title}</h3>
    <ul>{children}</ul>
  </section>
);

/** What deserves a look, each with what can be done about it. */
export const NotificationsSheet = () => {
  const { notifications, library, navigation } = useStudio();
  const open = useStore(
    notifications,
    useShallow(({ alerts }) => alerts.filter(isOpen)),
  );
  const past = useStore(
    notifications,
    useShallow(({ alerts }) => alerts.filter((alert) => !isOpen(alert)).slice(0, 50)),
  );
  const ended = useStore(notifications, (state) => state.ended);
  const notices = useStore(library, (state) => state.notices);
  const t = wordsOf('account');
  return (
    <Sheet
      place="side"
      title={t('notifications')}
      onClose={() => navigation.show(null)}
      {...(open.length < 2
        ? {}
        : {
            footer: (
              <Button icon={<CheckCheck aria-hidden />} onPress={() => void notifications.dismiss(open)}>
                {t('dismissAll')}
              </Button>
            ),
          })}
    >
      {open.length === 0 && ended.length === 0 && (
        <EmptyState icon={<BellOff aria-hidden />} title={t('nothingOpen')}>
          {t('nothingOpenHint')}
        </EmptyState>
      )}
      {open.length > 0 && (
        <Part title={t('needsYou')}>
          {open.map((alert) => (
            <OpenAlert key={alert.id} alert={alert} />
          ))}
        </Part>
      )}
      {ended.length > 0 && (
        <Part title={t('endedRenders')}>
          {ended.map((one) => (
            <RenderEntry key={one.render.id} ended={one} />
          ))}
        </Part>
      )}
      {notices.length > 0 && (
        <Part title={t('fromLibrary')}>
          {notices.map(({ level, message }) => (
            <Entry
              key={message}
              level={level}
              title={t(`level_${level}`)}
              {...(level === 'notice'
                ? {}
                : {
                    actions: (
                      <Button size="small" onPress={() => navigation.go({ room: 'settings' })}>
                        {t('checkLibrary')}
                      </Button>
                    ),
                  })}
            >
              {message}
            </Entry>
          ))}
        </Part>
      )}
      {past.length > 0 && (
        <Part title={t('earlier')}>
          {past.map((alert) => (
            <Entry
              key={alert.id}
              level={alert.level}
              title={t(`kind_${alert.kind}`)}
              at={alert.endedAt ?? alert.dismissedAt ?? alert.createdAt}
              tag={<Badge>{alert.endedAt === null ? t('dismissed') : t('over')}</Badge>}
              {...(alert.endedAt === null
                ? {
                    actions: (
                      <Button size="small" look="quiet" onPress={() => void notifications.restore(alert)}>
                        {t('bringBack')}
                      </Button>
                    ),
                  }
                : {})}
            >
              {alert.message}
            </Entry>
          ))}
        </Part>
      )}
    </Sheet>
  );
};
