import { CircleAlert, Info, TriangleAlert, X } from 'lucide-react';
import { useStore } from 'zustand';
import type { ErrorAction } from '#contract/errors.ts';
import type { ScriptId } from '#contract/entities.ts';
import { Button, IconButton } from '../components/button.tsx';
import { cx } from '../components/cx.ts';
import type { Studio } from '../stores/studio.ts';
import { wordsOf } from '../words/words.ts';
import styles from './messages.module.css';
import { useStudio } from './studio-context.ts';

const icons = { error: CircleAlert, warning: TriangleAlert, notice: Info } as const;

/** The button that an error's action becomes; null where only the words help. */
const offer = (action: ErrorAction, studio: Studio): { readonly words: string; readonly run: () => void } | null => {
  switch (action.type) {
    case 'open-workspace-settings':
    case 'set-key':
      return { words: 'Open settings', run: () => studio.navigation.go({ room: 'settings' }) };
    case 'open-script':
      return { words: 'Open script', run: () => studio.navigation.openScript(action.scriptId as ScriptId, 'script') };
    case 'open-variants':
      return {
        words: 'Open variants',
        run: () => studio.navigation.openScript(action.scriptId as ScriptId, 'variants'),
      };
    case 'resolve':
      return { words: 'Decide', run: () => studio.navigation.go({ room: 'renders' }) };
    case 'retry':
      return { words: 'Look again', run: () => void studio.refresh() };
    case 'run-doctor':
      return { words: 'Check the library', run: () => studio.navigation.go({ room: 'settings' }) };
    case 'recast':
      return { words: 'Choose another voice', run: () => studio.navigation.go({ room: 'voices' }) };
    case 'open-subscription':
      return {
        words: wordsOf('account')('openSubscription'),
        run: () => studio.navigation.show('subscription', action.workspaceId),
      };
    case 'open-budgets':
      return {
        words: wordsOf('account')('openBudgets'),
        run: () => studio.navigation.go({ room: 'usage', query: { tab: 'budgets' } }),
      };
    case 'free-disk-space':
    case 'restore-backup':
      return null;
  }
};

/** Messages in the corner, and the live region that reads queue events out. */
export const Messages = () => {
  const studio = useStudio();
  const messages = useStore(studio.messages, (state) => state.messages);
  const spoken = useStore(studio.messages, (state) => state.spoken);
  return (
    <>
      <section aria-label="Messages" className={styles.stack}>
        {messages.map(({ id, tone, text, action }) => {
          const Icon = icons[tone];
          const offered = action === undefined ? null : offer(action, studio);
          return (
            <div key={id} role={tone === 'error' ? 'alert' : 'status'} className={cx(styles.message, styles[tone])}>
              <Icon aria-hidden />
              <p className={styles.text}>{text}</p>
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
              <IconButton size="small" label="Dismiss" onPress={() => studio.messages.dismiss(id)}>
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
