import { Check, KeyRound, Minus, X } from 'lucide-react';
import { useStore } from 'zustand';
import type { Workspace } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import type { TestResult } from '../../stores/workspace-store.ts';
import { type WordKey, wordsOf } from '../../words/words.ts';
import { keyEnding } from './key-words.ts';
import { providerNames } from './provider-names.ts';
import styles from './workspace-section.module.css';

const costKeys = {
  free: 'costFree',
  credits: 'costCredits',
  characters: 'costCharacters',
  seconds: 'costSeconds',
} as const satisfies Record<Workspace['abilities']['costUnit'], WordKey<'settings'>>;

/** Pressing it sets, rotates or forgets the key. */
const KeyState = ({ workspace, onPress }: { readonly workspace: Workspace; readonly onPress: () => void }) => {
  const { key, abilities, name } = workspace;
  const t = wordsOf('settings');
  if (!abilities.needsKey) return <span className={styles.soft}>{t('needsNoKey')}</span>;
  const set = keyEnding(key) === '' ? t('keySet') : key.hint;
  const words = key.locked ? t('vaultLocked') : key.configured ? set : t('noKey');
  return (
    <Button
      size="small"
      look="quiet"
      icon={<KeyRound aria-hidden />}
      className={cx(styles.hint, (key.locked || !key.configured) && styles.wanting)}
      onPress={onPress}
    >
      <span className={styles.hidden}>{t('keyOf', { name })}</span>
      {words}
    </Button>
  );
};

const markOf = (ok: boolean | null) => {
  if (ok === null) return { Icon: Minus, words: 'checkNotTold', look: undefined } as const;
  return ok
    ? ({ Icon: Check, words: 'checkWorks', look: styles.good } as const)
    : ({ Icon: X, words: 'checkFails', look: styles.bad } as const);
};

const Checks = ({ test }: { readonly test: TestResult }) => {
  const t = wordsOf('settings');
  const failed = test.checks.filter(({ ok }) => ok === false).length;
  return (
    <>
      <p className={cx(styles.result, test.ok ? styles.good : styles.bad)}>
        {test.ok && failed === 0 ? t('testGood') : t('testBad', { count: Math.max(1, failed) })}
      </p>
      <ul>
        {test.checks.map(({ name, ok, message, missing }) => {
          const { Icon, words, look } = markOf(ok);
          return (
            <li key={`${name}${missing ?? ''}`} className={styles.check}>
              <Icon role="img" aria-label={t(words)} className={cx(styles.mark, look)} />
              <p>
                <b>{name}</b> {message}
                {missing !== null && <code className={styles.scope}>{missing}</code>}
              </p>
            </li>
          );
        })}
      </ul>
    </>
  );
};

const Test = ({ workspace }: { readonly workspace: Workspace }) => {
  const { workspaces } = useStudio();
  const test = useStore(workspaces, (state) => state.tests.get(workspace.id));
  if (test === undefined) return null;
  return (
    <div role="status" className={styles.test}>
      {test === 'running' ? (
        <p className={styles.soft}>{wordsOf('settings')('asking', { name: workspace.name })}</p>
      ) : (
        <Checks test={test} />
      )}
    </div>
  );
};

export const WorkspaceItem = ({
  workspace,
  pointed,
  onKey,
  onEdit,
  onRemove,
}: {
  readonly workspace: Workspace;
  /** A message led here. */
  readonly pointed: boolean;
  readonly onKey: () => void;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}) => {
  const { workspaces } = useStudio();
  const offer = useStore(workspaces, (state) => state.offers.find(({ provider }) => provider === workspace.provider));
  const t = wordsOf('settings');
  const about = [
    offer?.title ?? providerNames[workspace.provider],
    t(costKeys[workspace.abilities.costUnit]),
    ...(workspace.baseUrl === null ? [] : [workspace.baseUrl]),
  ];
  return (
    <li className={cx(styles.item, pointed && styles.pointed)} aria-label={workspace.name}>
      <div className={styles.words}>
        <h3 className={styles.name}>{workspace.name}</h3>
        <p className={styles.soft}>{about.join(' · ')}</p>
      </div>
      {workspace.paused && <Badge tone="warning">{t('paused')}</Badge>}
      <KeyState workspace={workspace} onPress={onKey} />
      <Button size="small" onPress={() => void workspaces.test(workspace.id)}>
        {t('test')}
        <span className={styles.hidden}> {workspace.name}</span>
      </Button>
      <Button size="small" onPress={onEdit}>
        {t('edit')}
        <span className={styles.hidden}> {workspace.name}</span>
      </Button>
      <Button size="small" look="danger" onPress={onRemove}>
        {t('remove')}
        <span className={styles.hidden}> {workspace.name}</span>
      </Button>
      <Test workspace={workspace} />
    </li>
  );
};
