/** What a person can decide about a call whose outcome nobody knows, and what each choice may cost. */
import type { Evidence, Job } from '#contract/entities.ts';
import type { Decision } from '#contract/methods/queue.ts';
import { amountWords, type CostUnit } from '../../app/price-words.ts';
import { formatMoment } from '../../components/format.ts';
import { wordsOf } from '../../words/words.ts';

export interface Choice {
  readonly decision: Decision;
  readonly title: string;
  readonly cost: string;
}
type Candidate = Evidence['candidates'][number];

/** Without a key nothing is sent again for free. */
export const isKeyless = ({ generation }: Pick<Job, 'generation'>): boolean =>
  (generation?.idempotencyKey ?? null) === null;

/** Questions that have the same choices and the same account: they can be answered with one word. */
export const kindOf = (job: Pick<Job, 'generation' | 'workspaceId'>): string =>
  `${job.workspaceId} ${isKeyless(job) ? 'keyless' : 'keyed'}`;

/** What the calls were expected to cost together; null where one was not known. */
export const expectedCost = (jobs: readonly Pick<Job, 'generation'>[]): number | null =>
  jobs.reduce<number | null>((sum, { generation }) => {
    const credits = generation?.chargedCredits ?? generation?.estimateCredits ?? null;
    return sum === null || credits === null ? null : sum + credits;
  }, 0);

/**
 * Three choices: the free one (the same call again where a key tells it from a new one, else one more look), a new call,
 * and an end. Each with its consequence for these jobs together.
 */
export const choicesFor = (jobs: readonly Job[], unit: CostUnit): readonly Choice[] => {
  const t = wordsOf('renders');
  const expected = expectedCost(jobs);
  const about = (credits: number): string => t('aboutAmount', { amount: amountWords(credits, unit) });
  const amount = expected === null ? null : about(expected);
  const first: Choice = jobs.every(isKeyless)
    ? { decision: 'look_again', title: t('decide_look_again'), cost: t('lookAgainCost') }
    : {
        decision: 'resend',
        title: t('decide_resend'),
        cost: t('resendCost', { amount: amount ?? t('chargeUnknown') }),
      };
  return [
    first,
    {
      decision: 'pay_again',
      title: t('decide_pay_again'),
      cost:
        expected === null || amount === null
          ? t('payAgainUnknown')
          : t('payAgainCost', { amount, twice: about(expected * 2) }),
    },
    {
      decision: 'give_up',
      title: t('decide_give_up'),
      cost: amount === null ? t('giveUpUnknown') : t('giveUpCost', { amount }),
    },
  ];
};

/** The account around the call: what it said before, what it says now, and what that may mean. */
export const balanceOf = (
  evidence: readonly Evidence[],
  unit: CostUnit,
): { readonly before: string | null; readonly now: string | null; readonly meaning: string | null } => {
  const t = wordsOf('renders');
  const last = evidence.findLast(({ balanceNow, balanceBefore }) => balanceNow !== null || balanceBefore !== null);
  const before = last?.balanceBefore ?? null;
  const now = last?.balanceNow ?? null;
  const fell = before === null || now === null ? null : before - now;
  const words = (credits: number | null): string | null => (credits === null ? null : amountWords(credits, unit));
  return {
    before: words(before),
    now: words(now),
    meaning:
      fell === null
        ? null
        : fell > 0
          ? t('balanceFell', { amount: amountWords(fell, unit) })
          : fell < 0
            ? t('balanceRose', { amount: amountWords(-fell, unit) })
            : t('balanceSame'),
  };
};

/** Each entry of the vendor's history once, as the latest look saw it. */
export const candidatesOf = (evidence: readonly Evidence[]): readonly Candidate[] => {
  const newestFirst = evidence.toReversed().flatMap(({ candidates }) => candidates);
  return newestFirst.filter(
    (item, at) => newestFirst.findIndex(({ vendorItemId }) => vendorItemId === item.vendorItemId) === at,
  );
};

export const candidateWords = ({ at, voice, credits, note }: Candidate, unit: CostUnit): string =>
  [
    at === null ? null : formatMoment(at),
    voice,
    credits === null ? null : amountWords(credits, unit),
    note === '' ? null : note,
  ]
    .filter((part) => part !== null)
    .join(' · ');
