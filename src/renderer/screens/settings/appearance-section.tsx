import { Radio, RadioGroup } from 'react-aria-components';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { cx } from '../../components/cx.ts';
import type { Appearance } from '../../stores/appearance-store.ts';
import styles from './appearance-section.module.css';
import sections from './settings-screen.module.css';

const names: Readonly<Record<Appearance, string>> = {
  dark: 'Dark',
  light: 'Light',
  contrast: 'High contrast',
  system: 'As the system',
};

export const AppearanceSection = () => {
  const { appearance } = useStudio();
  const chosen = useStore(appearance, (state) => state.appearance);
  return (
    <section className={sections.section} aria-labelledby="appearance-title">
      <h2 id="appearance-title" className={sections.name}>
        Appearance
      </h2>
      <RadioGroup
        aria-labelledby="appearance-title"
        orientation="horizontal"
        value={chosen}
        onChange={(value) => appearance.choose(value as Appearance)}
        className={cx(styles.choices)}
      >
        {(['dark', 'light', 'contrast', 'system'] as const).map((name) => (
          <Radio key={name} value={name} className={cx(styles.choice)}>
            <span aria-hidden data-look={name} className={styles.sample}>
              <span />
              <span />
              <span />
            </span>
            {names[name]}
          </Radio>
        ))}
      </RadioGroup>
    </section>
  );
};
