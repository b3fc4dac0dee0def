import { RotateCcw } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { CastEntry, VoiceSettings } from '#contract/entities.ts';
import type { Model, Voice } from '#contract/voices.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { SelectField } from '../../components/field.tsx';
import { modelsKey } from '../../stores/voice-store.ts';
import { wordsOf } from '../../words/words.ts';
import { rateWords } from '../voices/voice-words.ts';
import { modelOf, type Role } from './roles.ts';
import styles from './role-settings.module.css';
import { SettingField } from './setting-field.tsx';

const nothing: readonly Model[] = [];

/** Text limit, languages and price: what a model is chosen by. */
const modelNote = (model: Model, voice: Voice): string => {
  const t = wordsOf('cast');
  const { textLimit, languages, creditsPerCharacter } = model;
  const price =
    voice.free || creditsPerCharacter === null ? null : rateWords(creditsPerCharacter * (voice.priceMultiplier ?? 1));
  return [
    textLimit === null ? null : t('upToCharacters', { count: textLimit }),
    languages.length === 0 ? null : t('languages', { count: languages.length }),
    voice.free ? t('free') : price,
  ]
    .filter((part) => part !== null)
    .join(' · ');
};

/** One character's model and settings, in the ranges that the model really has. */
export const RoleSettings = ({
  role,
  entry,
  voice,
}: {
  readonly role: Role;
  readonly entry: CastEntry;
  readonly voice: Voice;
}) => {
  const { voices, cast } = useStudio();
  const t = wordsOf('cast');
  const models = useStore(voices, (state) => state.models.get(modelsKey(voice)));
  useEffect(() => void voices.loadModels(voice), [voices, voice, models]);
  const list = models ?? nothing;
  const model = modelOf(list, entry);
  const { character } = role;
  const ownDefault = list.find(({ isDefault }) => isDefault === true);
  const set = (settings: VoiceSettings): void =>
    void cast.change(t('editSettings', { character }), { [character]: { settings } });
  const put = (name: string, value: VoiceSettings[string] | null): void => {
    const { [name]: _, ...others } = entry.settings;
    set(value === null ? others : { ...entry.settings, [name]: value });
  };
  const choose = (modelId: string): void =>
    void cast.change(t('editModel', { character }), { [character]: { model: modelId === '' ? null : modelId } });
  if (models !== undefined && list.length === 0) return <p className={styles.none}>{t('noSettings')}</p>;
  const unknown = Object.keys(entry.settings).filter(
    (name) => model !== undefined && !model.settings.some((setting) => setting.name === name) && name !== 'join',
  );
  return (
    <div className={styles.panel} role="group" aria-label={t('settingsOf', { character })}>
      {(list.length > 1 || entry.model !== null) && (
        <div className={styles.model}>
          <SelectField
            label={t('model')}
            value={entry.model ?? ''}
            onChange={choose}
            options={[
              {
                id: '',
                label: ownDefault === undefined ? t('defaultModel') : t('defaultModelNamed', { name: ownDefault.name }),
                ...(ownDefault === undefined ? {} : { note: modelNote(ownDefault, voice) }),
              },
              ...list.map((one) => ({ id: one.modelId, label: one.name, note: modelNote(one, voice) })),
              ...(entry.model !== null && !list.some(({ modelId }) => modelId === entry.model)
                ? [{ id: entry.model, label: entry.model, note: t('modelUnknown') }]
                : []),
            ]}
          />
          {model !== undefined && <p className={styles.note}>{modelNote(model, voice)}</p>}
        </div>
      )}
      {model !== undefined && model.settings.length === 0 && <p className={styles.none}>{t('noSettings')}</p>}
      <div className={styles.fields}>
        {model?.settings.map((setting) => (
          <SettingField
            // What was set elsewhere, by undo or in the text, begins anew.
            key={`${model.modelId} ${setting.name} ${String(entry.settings[setting.name])}`}
            setting={setting}
            value={entry.settings[setting.name] ?? null}
            onChange={(value) => put(setting.name, value)}
          />
        ))}
      </div>
      {unknown.length > 0 && <p className={styles.warning}>{t('notSent', { names: unknown.join(', ') })}</p>}
      <div className={styles.foot}>
        <p className={styles.note}>{t('settingsNew')}</p>
        {Object.keys(entry.settings).length > 0 && (
          <Button size="small" look="quiet" icon={<RotateCcw aria-hidden />} onPress={() => set({})}>
            {t('resetAll')}
          </Button>
        )}
      </div>
    </div>
  );
};
