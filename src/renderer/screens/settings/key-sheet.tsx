import { type FormEvent, useState } from 'react';
import type { Workspace } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmSheet, Sheet } from '../../components/sheet.tsx';
import styles from '../scripts/sheet-form.module.css';
import { KeyFields } from './key-fields.tsx';
import { keyEnding } from './key-words.ts';

/** What the sheet says of the key that is there, before a new one is typed. */
export const stateWords = ({ name, key }: Pick<Workspace, 'name' | 'key'>): string => {
  if (key.locked) return 'The vault is locked, so the stored key cannot be used now. A new one takes its place.';
  if (!key.configured) return `${name} has no key yet. What waits in its queue goes on as soon as there is one.`;
  const ending = keyEnding(key);
  return `A key is set${ending === '' ? '' : `, ending in ${ending}`}. A new one takes its place.`;
};

/** Sets, rotates or forgets the key of one workspace. */
export const KeySheet = ({ workspace, onClose }: { readonly workspace: Workspace; readonly onClose: () => void }) => {
  const { workspaces } = useStudio();
  const [key, setKey] = useState('');
  const [sessionOnly, setSessionOnly] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [forgetting, setForgetting] = useState(false);
  const isSet = workspace.key.configured;

  const finish = async (work: Promise<string | null>): Promise<void> => {
    setBusy(true);
    const failed = await work;
    setBusy(false);
    if (failed === null) onClose();
    else setFailure(failed);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void finish(workspaces.setKey(workspace.id, key.trim(), sessionOnly));
  };
  if (forgetting) {
    return (
      <ConfirmSheet
        title={`Forget the key of ${workspace.name}?`}
        confirm="Forget the key"
        onClose={() => setForgetting(false)}
        onConfirm={() => void finish(workspaces.removeKey(workspace.id))}
      >
        It leaves this computer’s vault. Lines in the queue of {workspace.name} wait until there is a key again; takes,
        ledger and history stay.
      </ConfirmSheet>
    );
  }
  return (
    <Sheet
      title={`Key of ${workspace.name}`}
      onClose={onClose}
      footer={
        <>
          {isSet && (
            <Button look="danger" isDisabled={busy} onPress={() => setForgetting(true)}>
              Forget the key
            </Button>
          )}
          <Button look="primary" type="submit" form="key" isDisabled={key.trim() === '' || busy}>
            {isSet ? 'Replace the key' : 'Set the key'}
          </Button>
        </>
      }
    >
      <form id="key" className={styles.form} onSubmit={submit}>
        {failure !== null && (
          <p role="alert" className={styles.error}>
            {failure}
          </p>
        )}
        <p>{stateWords(workspace)}</p>
        <KeyFields
          value={key}
          onChange={setKey}
          sessionOnly={sessionOnly}
          onSessionOnly={setSessionOnly}
          autoFocus
          hint="Goes into this computer’s vault and never comes back out. It is tested at once, which is free."
        />
      </form>
    </Sheet>
  );
};
