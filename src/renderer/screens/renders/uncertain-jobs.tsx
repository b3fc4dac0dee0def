import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { Job } from '#contract/entities.ts';
import { unitsOf } from '../../app/price-words.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { SwitchField } from '../../components/field.tsx';
import { TallyLight } from '../../components/tally-light.tsx';
import { questionsOf } from '../../stores/queue-store.ts';
import { wordsOf } from '../../words/words.ts';
import { choicesFor, kindOf } from './decisions.ts';
import { EvidencePanes } from './evidence.tsx';
import styles from './uncertain-jobs.module.css';

/** One question with its evidence and three choices; a switch makes the answer count for all of its kind. */
const Question = ({ job, alike }: { readonly job: Job; readonly alike: readonly Job[] }) => {
  const { queue, workspaces } = useStudio();
  const known = useStore(workspaces, (state) => state.workspaces);
  const [busy, setBusy] = useState(false);
  const [forAll, setForAll] = useState(false);
  const t = wordsOf('renders');
  const unit = unitsOf(known)(job.workspaceId);
  const meant = forAll ? alike : [job];
  const during = (work: Promise<void>): void => {
    setBusy(true);
    void work.finally(() => setBusy(false));
  };
  return (
    <>
      <EvidencePanes job={job} unit={unit} busy={busy} onAdopt={(item) => during(queue.adopt(job.id, item))} />
      <div className={styles.choices}>
        {choicesFor(meant, unit).map(({ decision, title, cost }) => (
          <div key={decision} className={styles.choice}>
            <Button
              isDisabled={busy}
              onPress={() => {
                during(
                  queue.resolve(
                    meant.map(({ id }) => id),
                    decision,
                  ),
                );
                setForAll(false);
              }}
            >
              {title}
            </Button>
            <p className={styles.cost}>{cost}</p>
          </div>
        ))}
      </div>
      {alike.length > 1 && (
        <SwitchField
          label={t('forAll', { count: alike.length })}
          hint={t('forAllHint')}
          isSelected={forAll}
          onChange={setForAll}
        />
      )}
    </>
  );
};

/** Calls that may or may not have been charged. The engine settles what it can by itself; the rest is asked, plainly. */
export const UncertainJobs = () => {
  const { queue } = useStudio();
  const uncertain = useStore(queue, (state) => state.uncertain);
  const questionId = useStore(queue, (state) => state.questionId);
  const putOff = useStore(queue, (state) => state.putOff);
  const t = wordsOf('renders');
  const asking = questionsOf({ uncertain });
  const looking = uncertain.length - asking.length;
  if (uncertain.length === 0) return null;
  const at = Math.max(
    0,
    asking.findIndex(({ id }) => id === questionId),
  );
  const job = asking[at];
  if (job === undefined) {
    return (
      <p role="status" className={styles.quiet}>
        <TallyLight state="waiting" /> {t('looking', { count: looking })}
      </p>
    );
  }
  const kind = kindOf(job);
  return (
    <section aria-labelledby="uncertain-title" className={styles.panel}>
      <header className={styles.head}>
        <h2 id="uncertain-title" className={styles.title}>
          <TallyLight state="asking" />
          {t('needDecision', { count: asking.length })}
        </h2>
        {!putOff && asking.length > 1 && (
          <span className={styles.turn}>
            <IconButton size="small" label={t('previousQuestion')} onPress={() => queue.turnQuestion(-1)}>
              <ChevronLeft aria-hidden />
            </IconButton>
            <span>{t('whichOf', { at: at + 1, count: asking.length })}</span>
            <IconButton size="small" label={t('nextQuestion')} keys="D" onPress={() => queue.turnQuestion(1)}>
              <ChevronRight aria-hidden />
            </IconButton>
          </span>
        )}
        <Button size="small" onPress={() => queue.putOff(!putOff)}>
          {putOff ? t('remedy_decide') : t('later')}
        </Button>
      </header>
      {!putOff && (
        <>
          <p className={styles.why}>{t('needDecisionWhy')}</p>
          <Question key={job.id} job={job} alike={asking.filter((other) => kindOf(other) === kind)} />
        </>
      )}
    </section>
  );
};
