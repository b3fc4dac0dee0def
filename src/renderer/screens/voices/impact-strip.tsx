import { TriangleAlert } from 'lucide-react';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { everyVoice } from '../../stores/voice-search.ts';
import { wordsOf } from '../../words/words.ts';
import { availabilityWords } from './voice-words.ts';
import styles from './voices-screen.module.css';

const namedFirst = 3;

/** Voices that scripts speak with and that will not be there for long. */
export const ImpactStrip = () => {
  const { voices } = useStudio();
  const t = wordsOf('voices');
  const impact = useStore(voices, (state) => state.impact) ?? [];
  const shelf = useStore(voices, (state) => state.filter.shelf);
  const [first] = impact;
  if (first === undefined || shelf === 'leaving') return null;
  const scripts = new Set(impact.flatMap((one) => one.scripts.map(({ scriptId }) => scriptId))).size;
  const names = impact
    .slice(0, namedFirst)
    .map(({ voice }) => `${voice.name} (${availabilityWords(voice) ?? ''})`)
    .join(', ');
  const show = (): void => {
    voices.filter({ ...everyVoice, shelf: 'leaving' });
    voices.activate(first.voice.reference);
  };
  return (
    <div role="status" className={styles.impact}>
      <TriangleAlert aria-hidden />
      <p>
        <b>{t('impactTitle', { count: impact.length })}</b> {t('impactScripts', { count: scripts })} {names}
        {impact.length > namedFirst && ' …'}
      </p>
      <Button size="small" onPress={show}>
        {t('impactShow')}
      </Button>
    </div>
  );
};
