import { useId } from 'react';
import type { Job } from '#contract/entities.ts';
import { Button } from '../../components/button.tsx';
import { formatCredits, formatMoment } from '../../components/format.ts';
import { balanceWords, candidatesOf, candidateWords } from './decisions.ts';
import styles from './uncertain-jobs.module.css';

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

/** One lost call: what is known of it, what each look found, and what in the vendor's history may be it. */
export const LostCall = ({
  job,
  busy,
  onAdopt,
}: {
  readonly job: Job;
  readonly busy: boolean;
  readonly onAdopt: (vendorItemId: string) => void;
}) => {
  const id = useId();
  const evidence = job.generation?.evidence ?? [];
  const candidates = candidatesOf(evidence);
  return (
    <li className={styles.job}>
      <p className={styles.text} title={job.text}>
        {job.text}
      </p>
      <p className={styles.facts}>{facts(job).join(' · ')}</p>
      {job.error !== null && <p className={styles.facts}>{job.error.message}</p>}
      {evidence.length > 0 && (
        <ol className={styles.evidence} aria-label="What was found out, newest first">
          {evidence.toReversed().map((look, at) => (
            <li key={at} className={styles.facts}>
              {[formatMoment(look.at), look.message, balanceWords(look)].filter((part) => part !== null).join(' · ')}
            </li>
          ))}
        </ol>
      )}
      {candidates.length > 0 && (
        <section aria-labelledby={`${id}-title`}>
          <h3 id={`${id}-title`} className={styles.heading}>
            In the vendor’s history: is one of these the line?
          </h3>
          <ul>
            {candidates.map((candidate, at) => (
              <li key={candidate.vendorItemId} className={styles.candidate}>
                <div className={styles.words} id={`${id}-${at}`}>
                  <p className={styles.text} title={candidate.text ?? undefined}>
                    {candidate.text ?? 'No text is told'}
                  </p>
                  <p className={styles.facts}>{candidateWords(candidate)}</p>
                </div>
                <Button
                  size="small"
                  isDisabled={busy}
                  aria-describedby={`${id}-${at}`}
                  onPress={() => onAdopt(candidate.vendorItemId)}
                >
                  This is it
                </Button>
              </li>
            ))}
          </ul>
          <p className={styles.facts}>Its audio is then fetched, free, and the line counts as charged.</p>
        </section>
      )}
    </li>
  );
};
