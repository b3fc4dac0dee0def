import { Pencil, TriangleAlert } from 'lucide-react';
import { useStore } from 'zustand';
import { reviewCommands } from './commands.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { SwitchField } from '../../components/field.tsx';
import { wordsOf } from '../../words/words.ts';
import { Assignee } from './assignee.tsx';
import { Comments } from './comments.tsx';
import { variantsOf } from './item-list.tsx';
import styles from './judge-panel.module.css';
import { Keys } from './keys.tsx';
import { nameOfRisk, sentenceOfRisk, toneOfRisk } from './risk-words.ts';
import { TakeStrip } from './take-strip.tsx';
import { TakeWave } from './take-wave.tsx';
import { VerdictBar } from './verdict-bar.tsx';

const Reasons = () => {
  const { review } = useStudio();
  const t = wordsOf('review');
  const active = useStore(review, (state) => state.active);
  if (active === null || active.takeId === null) return null;
  const approvals = active.answers.filter(({ verdict }) => verdict === 'approved');
  return (
    <ul className={styles.reasons}>
      {active.risks.map((found) => (
        <li key={found.risk}>
          <Badge tone={toneOfRisk(found.risk)}>{nameOfRisk(found.risk)}</Badge>
          <span>{sentenceOfRisk(found)}</span>
        </li>
      ))}
      {approvals.map(({ person }) => (
        <li key={person}>
          <Badge tone="good">{t('client')}</Badge>
          <span>{t('why_client_approved', { person })}</span>
        </li>
      ))}
      {active.risks.length + approvals.length === 0 && <li className={styles.faint}>{t('noRisk')}</li>}
      {active.variantCount > 1 && <li className={styles.faint}>{t('oneVerdict', { count: active.variantCount })}</li>}
    </ul>
  );
};

/** The sound in front: heard, seen, compared and judged. */
export const JudgePanel = () => {
  const studio = useStudio();
  const { review } = studio;
  const t = wordsOf('review');
  const active = useStore(review, (state) => state.active);
  const autoplay = useStore(review, (state) => state.autoplay);
  if (active === null) return null;
  return (
    <section className={styles.panel} aria-label={t('detailName')}>
      <div className={styles.scroll}>
        <header className={styles.head}>
          <p className={styles.about}>
            <b>{active.character}</b> · {active.voiceName} · {t('line', { number: active.linePosition })} ·{' '}
            <span title={active.variants.join(', ')}>{variantsOf(active, 3)}</span>
          </p>
          <Button
            size="small"
            look="quiet"
            icon={<Pencil aria-hidden />}
            onPress={() => void reviewCommands.find(({ id }) => id === 'review.edit')?.run(studio)}
          >
            {t('editLine')} <Keys of="edit" />
          </Button>
        </header>
        <h2 className={styles.text} dir="auto">
          {active.text}
        </h2>
        <Reasons />
        {active.takeId === null ? (
          <p className={styles.missing}>
            <TriangleAlert aria-hidden /> {t('nothingToJudge')}
          </p>
        ) : (
          <>
            <TakeWave />
            <TakeStrip />
            <Comments />
          </>
        )}
      </div>
      <footer className={styles.foot}>
        <VerdictBar />
        <div className={styles.side}>
          <SwitchField label={t('autoplay')} isSelected={autoplay} onChange={review.setAutoplay} />
          <Assignee />
        </div>
      </footer>
    </section>
  );
};
