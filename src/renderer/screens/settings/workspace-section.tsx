import { Check, KeyRound, Minus, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { Workspace } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { ConfirmSheet } from '../../components/sheet.tsx';
import sections from './settings-screen.module.css';
import { KeySheet } from './key-sheet.tsx';
import { keyEnding } from './key-words.ts';
import { providerNames } from './provider-names.ts';
import { WorkspaceForm } from './workspace-form.tsx';
import styles from './workspace-section.module.css';

/** Pressing it sets, rotates or forgets the key. */
const KeyState = ({ workspace, onPress }: { readonly workspace: Workspace; readonly onPress: () => void }) => {
  const { key, abilities, name } = workspace;
  if (!abilities.needsKey) return <span className={styles.soft}>needs no key</span>;
  const words = key.locked ? 'vault locked' : key.configured ? (keyEnding(key) === '' ? 'set' : key.hint) : 'no key';
  return (
    <Button
      size="small"
      look="quiet"
      icon={<KeyRound aria-hidden />}
      className={cx(styles.hint, (key.locked || !key.configured) && styles.wanting)}
      onPress={onPress}
    >
      <span className={styles.hidden}>Key of {name}: </span>
      {words}
    </Button>
  );
};

const costWords: Readonly<Record<Workspace['abilities']['costUnit'], string>> = {
  free: 'free, offline',
  credits: 'billed in credits',
  characters: 'billed by characters',
  seconds: 'billed by seconds',
};

const TestResult = ({ workspace }: { readonly workspace: Workspace }) => {
  const { workspaces } = useStudio();
  const test = useStore(workspaces, (state) => state.tests.get(workspace.id));
  if (test === undefined) return null;
  return (
    <div role="status" className={styles.test}>
      {test === 'running' ? (
        <p className={styles.soft}>Asking {workspace.name}… this is free.</p>
      ) : (
        <ul>
          {test.checks.map(({ name, ok, message, missing }) => {
            const Icon = ok === null ? Minus : ok ? Check : X;
            return (
              <li key={`${name}${missing ?? ''}`} className={styles.check}>
                <Icon
                  role="img"
                  aria-label={ok === null ? 'not told' : ok ? 'works' : 'does not work'}
                  className={cx(styles.mark, ok === true && styles.good, ok === false && styles.bad)}
                />
                <p>
                  <b>{name}</b> {message}
                  {missing !== null && <code className={styles.scope}>{missing}</code>}
                </p>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
};

/** Connections to vendor accounts. A key goes in, and only its last characters are ever shown. */
export const WorkspaceSection = () => {
  const { workspaces } = useStudio();
  const list = useStore(workspaces, (state) => state.workspaces);
  const offers = useStore(workspaces, (state) => state.offers);
  const titles = new Map(offers.map(({ provider, title }) => [provider, title]));
  const [editing, setEditing] = useState<Workspace | 'new' | null>(null);
  const [keying, setKeying] = useState<Workspace | null>(null);
  const [removing, setRemoving] = useState<Workspace | null>(null);
  return (
    <section className={sections.section} aria-labelledby="workspaces-title">
      <div className={sections.head}>
        <div>
          <h2 id="workspaces-title" className={sections.name}>
            Workspaces
          </h2>
          <p className={sections.soft}>
            One for each vendor account. Keys lie in this computer’s vault, never in the library.
          </p>
        </div>
        <Button icon={<Plus aria-hidden />} onPress={() => setEditing('new')}>
          Add workspace
        </Button>
      </div>
      <ul className={styles.list}>
        {list.map((workspace) => (
          <li key={workspace.id} className={styles.item} aria-label={workspace.name}>
            <div className={styles.words}>
              <h3 className={styles.name}>{workspace.name}</h3>
              <p className={styles.soft}>
                {titles.get(workspace.provider) ?? providerNames[workspace.provider]} ·{' '}
                {costWords[workspace.abilities.costUnit]}
                {workspace.baseUrl !== null && ` · ${workspace.baseUrl}`}
              </p>
            </div>
            {workspace.paused && <Badge tone="warning">paused</Badge>}
            <KeyState workspace={workspace} onPress={() => setKeying(workspace)} />
            <Button size="small" onPress={() => void workspaces.test(workspace.id)}>
              Test<span className={styles.hidden}> {workspace.name}</span>
            </Button>
            <Button size="small" onPress={() => setEditing(workspace)}>
              Edit<span className={styles.hidden}> {workspace.name}</span>
            </Button>
            <Button size="small" look="danger" onPress={() => setRemoving(workspace)}>
              Remove<span className={styles.hidden}> {workspace.name}</span>
            </Button>
            <TestResult workspace={workspace} />
          </li>
        ))}
      </ul>
      {editing !== null && (
        <WorkspaceForm workspace={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
      {keying !== null && <KeySheet workspace={keying} onClose={() => setKeying(null)} />}
      {removing !== null && (
        <ConfirmSheet
          title={`Remove ${removing.name}?`}
          confirm="Remove workspace"
          onClose={() => setRemoving(null)}
          onConfirm={() => void workspaces.remove(removing.id)}
        >
          Its key leaves the vault. Takes and the ledger stay; scripts that name its voices show them as missing until a
          workspace of that name is back.
        </ConfirmSheet>
      )}
    </section>
  );
};
