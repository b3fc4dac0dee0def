import { type FormEvent, useState } from 'react';
import { useStore } from 'zustand';
import type { ProviderId, VoiceSettings, Workspace } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { Sheet } from '../../components/sheet.tsx';
import type { ProviderOffer } from '../../stores/workspace-store.ts';
import { wordsOf } from '../../words/words.ts';
import sheet from '../scripts/sheet-form.module.css';
import { KeyFields } from './key-fields.tsx';
import { baseUrlOf, PlaceFields, placeOf } from './place-fields.tsx';
import { providerNames } from './provider-names.ts';
import { SettingFields } from './setting-fields.tsx';
import { SettingsText } from './settings-text.tsx';
import styles from './workspace-form.module.css';

/** Paid vendors first: the free voices are there already. */
const byUse = (offers: readonly ProviderOffer[]): readonly ProviderOffer[] =>
  offers.toSorted((left, right) => Number(right.abilities.needsKey) - Number(left.abilities.needsKey));

const without = (settings: VoiceSettings, names: ReadonlySet<string>): VoiceSettings =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => !names.has(name)));
const only = (settings: VoiceSettings, names: ReadonlySet<string>): VoiceSettings =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => names.has(name)));

/** Adds a workspace, or changes one. A key goes in when it is added; later the key has a sheet of its own. */
export const WorkspaceForm = ({
  workspace,
  onClose,
}: {
  readonly workspace: Workspace | null;
  readonly onClose: () => void;
}) => {
  const { workspaces } = useStudio();
  const offers = useStore(workspaces, (state) => state.offers);
  const [provider, setProvider] = useState<ProviderId>(workspace?.provider ?? byUse(offers)[0]?.provider ?? 'scratch');
  const offer = offers.find((entry) => entry.provider === provider);
  const [name, setName] = useState(workspace?.name ?? '');
  const [place, setPlace] = useState(() => placeOf(offer, workspace?.baseUrl ?? null));
  const [settings, setSettings] = useState<VoiceSettings>(workspace?.settings ?? {});
  const [key, setKey] = useState('');
  const [sessionOnly, setSessionOnly] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const needsKey = (workspace ?? offer)?.abilities.needsKey ?? false;
  const ranges = offer?.settings ?? [];
  const named = new Set(ranges.map((range) => range.name));
  const t = wordsOf('settings');

  const choose = (next: ProviderId): void => {
    setProvider(next);
    setPlace(
      placeOf(
        offers.find((entry) => entry.provider === next),
        null,
      ),
    );
    setSettings({});
  };
  const save = (): Promise<string | null> => {
    const about = { name: name.trim(), baseUrl: needsKey ? baseUrlOf(offer, place) : null, settings };
    if (workspace !== null) return workspaces.update({ workspaceId: workspace.id, ...about });
    const secret = key.trim();
    return workspaces.add({ provider, ...about, sessionOnly, ...(secret === '' || !needsKey ? {} : { key: secret }) });
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
      title={workspace === null ? t('addWorkspace') : t('editTitle', { name: workspace.name })}
      onClose={onClose}
      footer={
        <Button look="primary" type="submit" form="workspace" isDisabled={name.trim() === '' || busy}>
          {t(workspace === null ? 'addWorkspace' : 'saveWorkspace')}
        </Button>
      }
    >
      <form id="workspace" className={sheet.form} onSubmit={(event) => void submit(event)}>
        {failure !== null && (
          <p role="alert" className={sheet.error}>
            {failure}
          </p>
        )}
        {workspace === null && (
          <SelectField
            label={t('vendor')}
            value={provider}
            onChange={choose}
            options={byUse(offers).map(({ provider: id, title }) => ({ id, label: title }))}
          />
        )}
        {offer?.notice != null && <p className={styles.notice}>{offer.notice}</p>}
        <TextField
          label={t('name')}
          value={name}
          onChange={setName}
          autoFocus
          placeholder={t('namePlaceholder', { vendor: offer?.title ?? providerNames[provider] })}
          hint={t('nameHint')}
        />
        {needsKey && <PlaceFields offer={offer} place={place} onChange={setPlace} />}
        {needsKey && workspace === null && (
          <KeyFields value={key} onChange={setKey} sessionOnly={sessionOnly} onSessionOnly={setSessionOnly} />
        )}
        <details className={styles.advanced}>
          <summary>{t('advanced')}</summary>
          <div className={styles.folded}>
            {ranges.length > 0 && <SettingFields ranges={ranges} settings={settings} onChange={setSettings} />}
            <SettingsText
              key={provider}
              label={t(ranges.length > 0 ? 'otherSettings' : 'plainSettings')}
              settings={without(settings, named)}
              onChange={(others) => setSettings({ ...only(settings, named), ...without(others, named) })}
            />
          </div>
        </details>
      </form>
    </Sheet>
  );
};
