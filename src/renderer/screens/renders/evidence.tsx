import { type ReactNode, useId } from 'react';
import type { Job } from '#contract/entities.ts';
import { amountWords, type CostUnit } from '../../app/price-words.ts';
import { Button } from '../../components/button.tsx';
import { formatMoment } from '../../components/format.ts';
import { wordsOf } from '../../words/words.ts';
import { balanceOf, candidatesOf, candidateWords } from './decisions.ts';
import styles from './evidence.module.css';

const Facts = ({ rows }: { readonly rows: readonly (readonly [string, ReactNode])[] }) => (
  <dl className={styles.facts}>
    {rows.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

const Sent = ({ job, unit }: { readonly job: Job; readonly unit: CostUnit }) => {
  const t = wordsOf('renders');
  const { generation } = job;
  const expected = generation?.estimateCredits ?? null;
  const charged = generation?.chargedCredits ?? null;
  const key = generation?.idempotencyKey ?? null;
  const submittedAt = generation?.submittedAt ?? null;
  return (
    <Facts
      rows={[
        [
          t('sentText'),
          <q key="text" dir="auto" className={styles.text}>
            {job.text}
          </q>,
        ],
        [t('workspace'), job.workspaceName],
        [t('sentVoice'), job.voice],
        [t('sentAt'), submittedAt === null ? t('sentNever') : formatMoment(submittedAt)],
        [t('sentId'), generation?.vendorId ?? generation?.requestId ?? t('noId')],
        [t('sentKey'), key === null ? t('noKey') : `…${key.slice(-8)}`],
        ...(expected === null ? [] : [[t('sentEstimate'), amountWords(expected, unit)] as const]),
        [t('sentCharged'), charged === null ? t('chargeUnknown') : amountWords(charged, unit)],
        ...(job.attempts > 1 ? [[t('attempt'), String(job.attempts)] as const] : []),
      ]}
    />
  );
};

const Seen = ({
  job,
  unit,
  busy,
  onAdopt,
}: {
  readonly job: Job;
  readonly unit: CostUnit;
  readonly busy: boolean;
  readonly onAdopt: (vendorItemId: string) => void;
}) => {
  const id = useId();
  const t = wordsOf('renders');
  const evidence = job.generation?.evidence ?? [];
  const candidates = candidatesOf(evidence);
  return (
    <>
      {job.error !== null && <p className={styles.note}>{job.error.message}</p>}
      {evidence.length === 0 ? (
        <p className={styles.note}>{t('noLook')}</p>
      ) : (
        <ol className={styles.looks}>
          {evidence.toReversed().map(({ at, message }, index) => (
            <li key={index}>{t('lookAt', { when: formatMoment(at), message })}</li>
          ))}
        </ol>
      )}
      {candidates.length > 0 && (
        <section aria-labelledby={`${id}-title`}>
          <h4 id={`${id}-title`} className={styles.ask}>
            {t('isOneOfThese')}
          </h4>
          <ul>
            {candidates.map((candidate, at) => (
              <li key={candidate.vendorItemId} className={styles.candidate}>
                <div id={`${id}-${at}`}>
                  <p className={styles.text} title={candidate.text ?? undefined} dir="auto">
                    {candidate.text ?? t('noText')}
                  </p>
                  <p className={styles.note}>{candidateWords(candidate, unit)}</p>
                </div>
                <Button
                  size="small"
                  isDisabled={busy}
                  aria-describedby={`${id}-${at}`}
                  onPress={() => onAdopt(candidate.vendorItemId)}
                >
                  {t('thisIsIt')}
                </Button>
              </li>
            ))}
          </ul>
          <p className={styles.note}>{t('thisIsItHint')}</p>
        </section>
      )}
    </>
  );
};

const Balance = ({ job, unit }: { readonly job: Job; readonly unit: CostUnit }) => {
  const t = wordsOf('renders');
  const { before, now, meaning } = balanceOf(job.generation?.evidence ?? [], unit);
  if (before === null && now === null) return <p className={styles.note}>{t('balanceNone')}</p>;
  return (
    <>
      <Facts
        rows={[
          [t('balanceBefore'), before ?? t('notTold')],
          [t('balanceNow'), now ?? t('notTold')],
        ]}
      />
      {meaning !== null && <p className={styles.meaning}>{meaning}</p>}
      <p className={styles.note}>{t('balanceNote')}</p>
    </>
  );
};

/** One lost call, side by side: what was sent, what the vendor shows of it, and what became of the balance. */
export const EvidencePanes = (props: {
  readonly job: Job;
  readonly unit: CostUnit;
  readonly busy: boolean;
  readonly onAdopt: (vendorItemId: string) => void;
}) => {
  const t = wordsOf('renders');
  return (
    <div className={styles.panes}>
      <section>
        <h3 className={styles.title}>{t('wasSent')}</h3>
        <Sent job={props.job} unit={props.unit} />
      </section>
      <section>
        <h3 className={styles.title}>{t('vendorShows')}</h3>
        <Seen {...props} />
      </section>
      <section>
        <h3 className={styles.title}>{t('balance')}</h3>
        <Balance job={props.job} unit={props.unit} />
      </section>
    </div>
  );
};
