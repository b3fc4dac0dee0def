import { Volume2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { canPickOutput, listOutputs, type Output, pickOutput } from '../../audio/outputs.ts';
import { canChooseOutput } from '../../audio/player.ts';
import { Button } from '../../components/button.tsx';
import { SelectField } from '../../components/field.tsx';
import { wordsOf } from '../../words/words.ts';
import { SectionFrame } from './section-frame.tsx';
import styles from './settings-screen.module.css';

const system = 'system';

/** Follows devices that come and go while the list is shown. */
const useOutputs = (): readonly [outputs: readonly Output[] | null, add: (output: Output) => void] => {
  const [outputs, setOutputs] = useState<readonly Output[] | null>(null);
  useEffect(() => {
    let gone = false;
    const { mediaDevices } = navigator as Partial<Navigator>;
    const look = (): void =>
      void listOutputs(mediaDevices).then((found) => {
        if (!gone) setOutputs(found);
      });
    look();
    mediaDevices?.addEventListener('devicechange', look);
    return () => {
      gone = true;
      mediaDevices?.removeEventListener('devicechange', look);
    };
  }, []);
  return [outputs, (output) => setOutputs((known) => [...(known ?? []).filter(({ id }) => id !== output.id), output])];
};

export const AudioSection = () => {
  const { preferences, player, messages } = useStudio();
  const chosen = useStore(preferences, (state) => state.audioDevice);
  const [outputs, add] = useOutputs();
  const [sounding, setSounding] = useState(false);
  const t = wordsOf('settings');
  const picking = canChooseOutput() && canPickOutput((navigator as Partial<Navigator>).mediaDevices);
  const isGone = chosen !== null && outputs !== null && !outputs.some(({ id }) => id === chosen);
  const choose = (id: string): void => void preferences.set('audioDevice', id === system ? null : id);
  const pick = async (): Promise<void> => {
    const output = await pickOutput(navigator.mediaDevices);
    if (output === null) return;
    add(output);
    choose(output.id);
  };
  const sound = async (): Promise<void> => {
    setSounding(true);
    await player
      .setOutput(chosen)
      .catch(() => messages.show('warning', t('outputRefused')))
      .then(() => player.tone())
      .catch(messages.fail);
    setSounding(false);
  };
  return (
    <SectionFrame title={t('audio')} about={t('outputAbout')}>
      {canChooseOutput() && outputs !== null && outputs.length > 0 && (
        <SelectField
          label={t('output')}
          value={isGone || chosen === null ? system : chosen}
          onChange={choose}
          options={[
            { id: system, label: t('systemOutput') },
            ...outputs.map(({ id, label }, at) => ({
              id,
              label: label === '' ? t('outputNumber', { number: at + 1 }) : label,
            })),
          ]}
        />
      )}
      {isGone && outputs.length > 0 && <p className={styles.notice}>{t('outputGone')}</p>}
      {outputs !== null && outputs.length === 0 && !picking && (
        <p className={styles.soft}>{t(canChooseOutput() ? 'outputUnnamed' : 'outputFixed')}</p>
      )}
      <div className={styles.row}>
        {picking && <Button onPress={() => void pick()}>{t('chooseOutput')}</Button>}
        <Button icon={<Volume2 aria-hidden />} busy={sounding} onPress={() => void sound()}>
          {t('testTone')}
        </Button>
        <span className={styles.faint}>{t('testToneAbout')}</span>
      </div>
    </SectionFrame>
  );
};
