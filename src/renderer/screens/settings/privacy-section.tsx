import { LogOut, ShieldCheck } from 'lucide-react';
import { type WordKey, wordsOf } from '../../words/words.ts';
import styles from './privacy-section.module.css';
import { SectionFrame } from './section-frame.tsx';

const leaving = ['leavesText', 'leavesKey', 'leavesAccount', 'leavesPreviews'] as const;
const staying = ['staysLibrary', 'staysKeys', 'staysScratch', 'staysLog', 'staysSettings'] as const;

const Sentences = ({ keys, stays }: { readonly keys: readonly WordKey<'settings'>[]; readonly stays: boolean }) => {
  const t = wordsOf('settings');
  const Icon = stays ? ShieldCheck : LogOut;
  return (
    <ul className={styles.sentences}>
      {keys.map((key) => (
        <li key={key}>
          <Icon aria-hidden />
          {t(key)}
        </li>
      ))}
    </ul>
  );
};

export const PrivacySection = () => {
  const t = wordsOf('settings');
  return (
    <SectionFrame title={t('privacy')} about={t('privacyAbout')}>
      <div className={styles.parts}>
        <SectionFrame level={3} title={t('leaves')}>
          <Sentences keys={leaving} stays={false} />
        </SectionFrame>
        <SectionFrame level={3} title={t('stays')}>
          <Sentences keys={staying} stays />
        </SectionFrame>
      </div>
    </SectionFrame>
  );
};
