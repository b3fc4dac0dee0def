import { type FormEvent, useState } from 'react';
import type { Workspace } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmSheet, Sheet } from '../../components/sheet.tsx';
import { wordsOf } from '../../words/words.ts';
import styles from '../scripts/sheet-form.module.css';
import { KeyFields } from './key-fields.tsx';
import { keyEnding } from './key-words.ts';

/** What the sheet says of the key that is there, before a new one is typed. */
export const stateWords = ({ name, key }: Pick<Workspace, 'name' | 'key'>): string => {
  const t = wordsOf('settings');
  if (key.locked) return t('keyLocked');
  if (!key.configured) return t('keyNone', { name });
  const ending = keyEnding(key);
  return ending === '' ? t('keyIsSet') : t('keyIsSetEnding', { ending });
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
  const t = wordsOf('settings');
  const { name } = workspace;

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
        title={t('forgetTitle', { name })}
        confirm={t('forgetKey')}
        onClose={() => setForgetting(false)}
        onConfirm={() => void finish(workspaces.removeKey(workspace.id))}
      >
        {t('forgetAbout', { name })}
      </ConfirmSheet>
    );
  }
  return (
    <Sheet
      title={t('keyTitle', { name })}
      onClose={onClose}
      footer={
        <>
          {isSet && (
            <Button look="danger" isDisabled={busy} onPress={() => setForgetting(true)}>
              {t('forgetKey')}
            </Button>
          )}
          <Button look="primary" type="submit" form="key" isDisabled={key.trim() === '' || busy}>
            {t(isSet ? 'replaceKey' : 'setKey')}
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
          hint={t('keyHintTested')}
        />
      </form>
    </Sheet>
  );
};
