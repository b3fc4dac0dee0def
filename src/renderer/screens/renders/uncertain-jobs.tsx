import { useState } from 'react';
import { useStore } from 'zustand';
import type { Job } from '#contract/entities.ts';
import type { Decision } from '#contract/methods/queue.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { formatCredits, formatMoment, plural } from '../../components/format.ts';
import { TallyLight } from '../../components/tally-light.tsx';
import styles from './uncertain-jobs.module.css';

const choices: readonly { readonly decision: Decision; readonly title: string; readonly cost: string }[] = [
  {
    decision: 'resend',
    title: 'Send the same call again',
    cost: 'Same text, same key: a vendor that knows the key answers with what it made. Costs nothing more if it still knows it; after its key lifetime it may be charged a second time.',
  },
  {
    decision: 'pay_again',
    title: 'Pay for a new one',
    cost: 'A new call with a new key. The line may have been charged already, so it can cost twice. If the first one turns up, it is kept as a take.',
  },
  {
    decision: 'give_up',
    title: 'Give up on it',
    cost: 'The line fails and nothing is sent. What was charged, if anything, stays charged; a call with a vendor id is asked after for 30 days, and late audio is kept.',
  },
];

const facts = ({ generation, workspaceName, attempts }: Job): readonly string[] => {
  if (generation === null) return [workspaceName];
  return [
    workspaceName,
    generation.submittedAt === null ? 'never marked as sent' : `sent ${formatMoment(generation.submittedAt)}`,
    generation.vendorId === null ? 'no answer, no vendor id' : `vendor id ${generation.vendorId}`,
    generation.idempotencyKey === null ? 'no idempotency key' : `key …${generation.idempotencyKey.slice(-6)}`,
    generation.chargedCredits === null
      ? 'charge unknown'
      : `${formatCredits(generation.chargedCredits)} credits charged`,
    ...(attempts > 1 ? [`attempt ${attempts}`] : []),
  ];
};

const JobFacts = ({ job }: { readonly job: Job }) => (
  <li className={styles.job}>
    <p className={styles.text}>{job.text}</p>
    <p className={styles.facts}>{facts(job).join(' · ')}</p>
    {job.error !== null && <p className={styles.facts}>{job.error.message}</p>}
  </li>
);

/** Calls that may or may not have been charged. The engine settles what it can by itself; the rest is asked, plainly. */
export const UncertainJobs = () => {
  const { queue } = useStudio();
  const uncertain = useStore(queue, (state) => state.uncertain);
  const [busy, setBusy] = useState(false);
  const asking = uncertain.filter(({ resolution }) => resolution === 'ask');
  const automatic = uncertain.length - asking.length;
  if (uncertain.length === 0) return null;
  const decide = async (decision: Decision): Promise<void> => {
    setBusy(true);
    await queue.resolve(
      asking.map(({ id }) => id),
      decision,
    );
    setBusy(false);
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
      <ul className={styles.jobs}>
        {asking.slice(0, 20).map((job) => (
          <JobFacts key={job.id} job={job} />
        ))}
        {asking.length > 20 && <li className={styles.facts}>and {asking.length - 20} more</li>}
      </ul>
      <div className={styles.choices}>
        {choices.map(({ decision, title, cost }) => (
          <div key={decision} className={styles.choice}>
            <Button isDisabled={busy} onPress={() => void decide(decision)}>
              {title}
            </Button>
            <p className={styles.cost}>{cost}</p>
          </div>
        ))}
      </div>
    </section>
  );
};
