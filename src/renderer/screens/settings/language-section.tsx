import { Radio, RadioGroup } from 'react-aria-components';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { cx } from '../../components/cx.ts';
import { isLanguage, type Language, languages, wordsOf } from '../../words/words.ts';
import styles from './language-section.module.css';
import { SectionFrame } from './section-frame.tsx';
import frame from './settings-screen.module.css';

const system = 'system';

export const LanguageSection = () => {
  const { language, preferences } = useStudio();
  const chosen = useStore(preferences, (state) => state.language);
  const spoken = useStore(language, (state) => state.language);
  const t = wordsOf('settings');
  const names = Object.keys(languages) as Language[];
  return (
    <SectionFrame title={t('language')} about={t('languageAbout')}>
      <RadioGroup
        aria-label={t('language')}
        value={isLanguage(chosen) ? chosen : system}
        onChange={(value) => void language.choose(isLanguage(value) ? value : null)}
        className={cx(styles.choices)}
      >
        <Radio value={system} className={cx(styles.choice)}>
          {t('languageSystem', { name: languages[language.ofSystem()].name })}
        </Radio>
        {names.map((name) => (
          <Radio key={name} value={name} className={cx(styles.choice)}>
            <span lang={name}>{languages[name].name}</span>
          </Radio>
        ))}
      </RadioGroup>
      {spoken !== 'en' && <p className={frame.soft}>{t('languageEngine')}</p>}
      <p className={frame.faint}>{t('languageMore')}</p>
    </SectionFrame>
  );
};
