import { useState } from 'react';
import { useStore } from 'zustand';
import type { Job } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { plural } from '../../components/format.ts';
import { TallyLight } from '../../components/tally-light.tsx';
import { type Choice, isKeyless, keyedChoices, keylessChoices } from './decisions.ts';
import { LostCall } from './lost-call.tsx';
import styles from './uncertain-jobs.module.css';

const most = 20;

/** Lines that have the same choices, and the choices. */
const Decisions = ({
  label,
  jobs,
  choices,
  busy,
  during,
}: {
  readonly label: string;
  readonly jobs: readonly Job[];
  readonly choices: readonly Choice[];
  readonly busy: boolean;
  readonly during: (work: Promise<void>) => void;
}) => {
  const { queue } = useStudio();
  if (jobs.length === 0) return null;
  const ids = jobs.map(({ id }) => id);
  return (
    <div role="group" aria-label={label} className={styles.group}>
      <ul className={styles.jobs}>
        {jobs.slice(0, most).map((job) => (
          <LostCall
            key={job.id}
            job={job}
            busy={busy}
            onAdopt={(vendorItemId) => during(queue.adopt(job.id, vendorItemId))}
          />
        ))}
        {jobs.length > most && <li className={styles.facts}>and {jobs.length - most} more</li>}
      </ul>
      <div className={styles.choices}>
        {choices.map(({ decision, title, cost }) => (
          <div key={decision} className={styles.choice}>
            <Button isDisabled={busy} onPress={() => during(queue.resolve(ids, decision))}>
              {title}
            </Button>
            <p className={styles.cost}>{cost}</p>
          </div>
        ))}
      </div>
    </div>
  );
};

/** Calls that may or may not have been charged. The engine settles what it can by itself; the rest is asked, plainly. */
export const UncertainJobs = () => {
  const { queue } = useStudio();
  const uncertain = useStore(queue, (state) => state.uncertain);
  const [busy, setBusy] = useState(false);
  const asking = uncertain.filter(({ resolution }) => resolution === 'ask');
  const automatic = uncertain.length - asking.length;
  if (uncertain.length === 0) return null;
  const during = (work: Promise<void>): void => {
    setBusy(true);
    void work.finally(() => setBusy(false));
  };
  if (asking.length === 0) {
    return (
      <p role="status" className={styles.quiet}>
        <TallyLight state="waiting" /> {plural(automatic, 'call')} without an answer. The vendor is being asked what
        became of {automatic === 1 ? 'it' : 'them'}; that is free and needs nothing from you.
      </p>
    );
  }
  return (
    <section aria-labelledby="uncertain-title" className={styles.panel}>
      <h2 id="uncertain-title" className={styles.title}>
        <TallyLight state="asking" />
        {plural(asking.length, 'line needs', 'lines need')} your decision
      </h2>
      <p className={styles.why}>
        The answer to {asking.length === 1 ? 'this call' : 'these calls'} was lost, and nobody can tell from here
        whether the vendor charged for {asking.length === 1 ? 'it' : 'them'}. Nothing is sent again until you say so.
      </p>
      <Decisions
        label="Calls with an idempotency key"
        jobs={asking.filter((job) => !isKeyless(job))}
        choices={keyedChoices}
        busy={busy}
        during={during}
      />
      <Decisions
        label="Calls without an idempotency key"
        jobs={asking.filter(isKeyless)}
        choices={keylessChoices}
        busy={busy}
        during={during}
      />
    </section>
  );
};
