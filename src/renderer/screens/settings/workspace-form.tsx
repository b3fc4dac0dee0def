import { type FormEvent, useState } from 'react';
import type { ProviderId, VoiceSettings, Workspace } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { SelectField, SwitchField, TextField } from '../../components/field.tsx';
import { Sheet } from '../../components/sheet.tsx';
import styles from '../scripts/sheet-form.module.css';
import { providerNames } from './provider-names.ts';
import { SettingsText } from './settings-text.tsx';

/** Adapters of this version; the other vendors join the list with theirs. */
const offered: readonly ProviderId[] = ['chosen', 'scratch'];

/** Adds a workspace, or changes one. The key field is empty at every opening: a key is never shown. */
export const WorkspaceForm = ({
  workspace,
  onClose,
}: {
  readonly workspace: Workspace | null;
  readonly onClose: () => void;
}) => {
  const { workspaces } = useStudio();
  const [provider, setProvider] = useState<ProviderId>(workspace?.provider ?? 'chosen');
  const [name, setName] = useState(workspace?.name ?? '');
  const [baseUrl, setBaseUrl] = useState(workspace?.baseUrl ?? '');
  const [settings, setSettings] = useState<VoiceSettings>(workspace?.settings ?? {});
  const [key, setKey] = useState('');
  const [sessionOnly, setSessionOnly] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const needsKey = workspace?.abilities.needsKey ?? provider !== 'scratch';

  const save = async (): Promise<string | null> => {
    const place = baseUrl.trim() === '' ? null : baseUrl.trim();
    const secret = key.trim();
    if (workspace === null) {
      return workspaces.add({
        provider,
        name: name.trim(),
        baseUrl: place,
        settings,
        sessionOnly,
        ...(secret === '' ? {} : { key: secret }),
      });
    }
    const failed = await workspaces.update({ workspaceId: workspace.id, name: name.trim(), baseUrl: place, settings });
    if (failed !== null || secret === '') return failed;
    return workspaces.setKey(workspace.id, secret, sessionOnly);
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const failed = await save();
    setBusy(false);
    if (failed === null) onClose();
    else setFailure(failed);
  };
  return (
    <Sheet
      title={workspace === null ? 'Add workspace' : `Edit ${workspace.name}`}
      onClose={onClose}
      footer={
        <>
          {workspace !== null && workspace.key.configured && (
            <Button
              look="danger"
              onPress={() => {
                void workspaces
                  .removeKey(workspace.id)
                  .then((failed) => (failed === null ? onClose() : setFailure(failed)));
              }}
            >
              Forget the key
            </Button>
          )}
          <Button look="primary" type="submit" form="workspace" isDisabled={name.trim() === '' || busy}>
            {workspace === null ? 'Add workspace' : 'Save workspace'}
          </Button>
        </>
      }
    >
      <form id="workspace" className={styles.form} onSubmit={(event) => void submit(event)}>
        {failure !== null && (
          <p role="alert" className={styles.error}>
            {failure}
          </p>
        )}
        {workspace === null && (
          <SelectField
            label="Vendor"
            value={provider}
            onChange={setProvider}
            options={offered.map((id) => ({ id, label: providerNames[id] }))}
          />
        )}
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          autoFocus
          placeholder="Agency main account"
          hint="Scripts write it before the voice: name/voice."
        />
        {needsKey && (
          <>
            <TextField
              label="Base URL"
              value={baseUrl}
              onChange={setBaseUrl}
              placeholder="The vendor’s own address"
              hint="Empty: the documented default."
            />
            <TextField
              label="API key"
              type="password"
              autoComplete="off"
              value={key}
              onChange={setKey}
              placeholder={workspace?.key.configured ? `Set: ${workspace.key.hint ?? ''}. Type to replace it.` : ''}
              hint="Goes into the vault and never comes back out."
            />
            <SwitchField
              label="Keep the key for this session only"
              isSelected={sessionOnly}
              onChange={setSessionOnly}
            />
          </>
        )}
        <SettingsText settings={settings} onChange={setSettings} />
      </form>
    </Sheet>
  );
};
