import { Radio, RadioGroup } from 'react-aria-components';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { cx } from '../../components/cx.ts';
import { type Appearance, appearances, type TextSize, textSizes } from '../../stores/appearance-store.ts';
import { type WordKey, wordsOf } from '../../words/words.ts';
import styles from './appearance-section.module.css';
import { SectionFrame } from './section-frame.tsx';

const themeNames = {
  dark: 'dark',
  light: 'light',
  contrast: 'contrast',
  system: 'asSystem',
} as const satisfies Record<Appearance, WordKey<'settings'>>;
const sizeNames = {
  small: 'textSmall',
  normal: 'textNormal',
  large: 'textLarge',
  huge: 'textHuge',
} as const satisfies Record<TextSize, WordKey<'settings'>>;

const Themes = () => {
  const { appearance } = useStudio();
  const chosen = useStore(appearance, (state) => state.appearance);
  const t = wordsOf('settings');
  return (
    <SectionFrame level={3} title={t('theme')}>
      <RadioGroup
        aria-label={t('theme')}
        orientation="horizontal"
        value={chosen}
        onChange={(value) => appearance.choose(appearances.find((known) => known === value) ?? 'dark')}
        className={cx(styles.choices)}
      >
        {(['dark', 'light', 'contrast', 'system'] as const).map((name) => (
          <Radio key={name} value={name} className={cx(styles.choice)}>
            <span aria-hidden data-look={name} className={styles.sample}>
              <span />
              <span />
              <span />
            </span>
            {t(themeNames[name])}
          </Radio>
        ))}
      </RadioGroup>
    </SectionFrame>
  );
};

const TextSizes = () => {
  const { appearance } = useStudio();
  const chosen = useStore(appearance, (state) => state.textSize);
  const t = wordsOf('settings');
  return (
    <SectionFrame level={3} title={t('textSize')}>
      <RadioGroup
        aria-label={t('textSize')}
        orientation="horizontal"
        value={chosen}
        onChange={(value) => appearance.chooseTextSize(textSizes.find((known) => known === value) ?? 'normal')}
        className={cx(styles.choices)}
      >
        {textSizes.map((size) => (
          <Radio key={size} value={size} className={cx(styles.choice)}>
            <span aria-hidden data-size={size} className={styles.letters}>
              {t('letters')}
            </span>
            {t(sizeNames[size])}
          </Radio>
        ))}
      </RadioGroup>
      <p className={styles.reading}>{t('textSample')}</p>
    </SectionFrame>
  );
};

export const AppearanceSection = () => {
  const t = wordsOf('settings');
  return (
    <SectionFrame title={t('appearance')} about={t('motionAbout')}>
      <div className={styles.groups}>
        <Themes />
        <TextSizes />
      </div>
    </SectionFrame>
  );
};
