import { CircleAlert, Info, TriangleAlert, X } from 'lucide-react';
import { useStore } from 'zustand';
import type { ErrorAction } from '#contract/errors.ts';
import type { ScriptId, WorkspaceId } from '#contract/entities.ts';
import { Button, IconButton } from '../components/button.tsx';
import { cx } from '../components/cx.ts';
import type { Message } from '../stores/message-store.ts';
import type { Studio } from '../stores/studio.ts';
import { describeError, type Description } from '../words/describe.ts';
import { wordsOf } from '../words/words.ts';
import styles from './messages.module.css';
import { useStudio } from './studio-context.ts';

const icons = { error: CircleAlert, warning: TriangleAlert, notice: Info } as const;

export interface Offer {
  readonly words: string;
  readonly run: () => void;
}

/** The button that an error's action becomes. */
export const offerOf = (action: ErrorAction, studio: Studio): Offer => {
  const { navigation } = studio;
  const t = wordsOf('settings');
  const section = (name: string) => () => navigation.go({ room: 'settings', query: { section: name } });
  switch (action.type) {
    case 'open-workspace-settings':
    case 'set-key':
      return {
        words: t(action.type === 'set-key' ? 'setKey' : 'openSettings'),
        run: () =>
          navigation.go({
            room: 'settings',
            query: {
              section: 'workspaces',
              workspace: action.workspaceId,
              ...(action.type === 'set-key' ? { key: 'set' } : {}),
            },
          }),
      };
    case 'open-script':
      return { words: t('openScript'), run: () => navigation.openScript(action.scriptId as ScriptId, 'script') };
    case 'open-variants':
      return { words: t('openVariants'), run: () => navigation.openScript(action.scriptId as ScriptId, 'variants') };
    case 'resolve':
      return { words: t('decide'), run: () => navigation.go({ room: 'renders', query: { job: action.jobId } }) };
    case 'retry':
      return { words: t('lookAgain'), run: () => void studio.refresh() };
    case 'run-doctor':
      return {
        words: t('checkLibrary'),
        run: () => {
          section('storage')();
          void studio.library.check(false);
        },
      };
    case 'recast':
      return {
        words: t('chooseVoice'),
        run: () =>
          navigation.go({
            room: 'voices',
            query: { workspace: action.workspaceId, ...(action.voiceId === null ? {} : { voice: action.voiceId }) },
          }),
      };
    case 'open-subscription':
      return {
        words: t('openSubscription'),
        run: () => navigation.show('subscription', action.workspaceId as WorkspaceId),
      };
    case 'open-budgets':
      return { words: t('openBudgets'), run: () => navigation.go({ room: 'usage', query: { tab: 'budgets' } }) };
    case 'free-disk-space':
      return { words: t('freeSpace'), run: section('storage') };
    case 'restore-backup':
      return { words: t('seeBackups'), run: section('storage') };
  }
};

const wordsIn = ({ code, text }: Message): Description =>
  code === undefined ? { headline: text, details: null } : describeError({ code, message: text });

/** Messages in the corner, and the live region that reads queue events out. */
export const Messages = () => {
  const studio = useStudio();
  const messages = useStore(studio.messages, (state) => state.messages);
  const spoken = useStore(studio.messages, (state) => state.spoken);
  const t = wordsOf('settings');
  return (
    <>
      <section aria-label={t('messages')} className={styles.stack}>
        {messages.map((message) => {
          const { id, tone, action } = message;
          const Icon = icons[tone];
          const { headline, details } = wordsIn(message);
          const offered = action === undefined ? null : offerOf(action, studio);
          return (
            <div key={id} role={tone === 'error' ? 'alert' : 'status'} className={cx(styles.message, styles[tone])}>
              <Icon aria-hidden />
              <div className={styles.text}>
                <p>{headline}</p>
                {details !== null && (
                  <p lang="en" className={styles.details}>
                    {details}
                  </p>
                )}
                {offered !== null && (
                  <Button
                    size="small"
                    onPress={() => {
                      offered.run();
                      studio.messages.dismiss(id);
                    }}
                  >
                    {offered.words}
                  </Button>
                )}
              </div>
              <IconButton size="small" label={t('dismiss')} onPress={() => studio.messages.dismiss(id)}>
                <X aria-hidden />
              </IconButton>
            </div>
          );
        })}
      </section>
      <div aria-live="polite" className={styles.spoken}>
        <span key={spoken.turn}>{spoken.text}</span>
      </div>
    </>
  );
};
