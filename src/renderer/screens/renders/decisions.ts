/** What a person can decide about a call whose outcome nobody knows, and what each choice may cost. */
import type { Evidence, Job } from '#contract/entities.ts';
import type { Decision } from '#contract/methods/queue.ts';
import { formatCredits, formatMoment } from '../../components/format.ts';

export interface Choice {
  readonly decision: Decision;
  readonly title: string;
  readonly cost: string;
}
type Candidate = Evidence['candidates'][number];

const giveUp: Choice = {
  decision: 'give_up',
  title: 'Give up on it',
  cost: 'The line fails and nothing is sent. What was charged, if anything, stays charged; a call with a vendor id is asked after for 30 days, and late audio is kept.',
};

/** For vendors that take idempotency keys. */
export const keyedChoices: readonly Choice[] = [
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
  giveUp,
];

/** For vendors that take none: the same call cannot be told from a new one, so it is only looked for. */
export const keylessChoices: readonly Choice[] = [
  {
    decision: 'look_again',
    title: 'Look again',
    cost: 'Looks once more at what the vendor shows of its calls, which is free; nothing is sent. What is surely this call is taken; else the question comes back here with what was seen.',
  },
  {
    decision: 'pay_again',
    title: 'Pay for a new one',
    cost: 'The text is sent again as a new call. The line may have been charged already, so it can cost twice. If the first one turns up, it is kept as a take.',
  },
  giveUp,
];

/** Without a key nothing is sent again for free. */
export const isKeyless = ({ generation }: Pick<Job, 'generation'>): boolean =>
  (generation?.idempotencyKey ?? null) === null;

/** `balance 1,200 before, 1,150 now`; null where neither was told. Others may spend from the account too. */
export const balanceWords = ({
  balanceBefore,
  balanceNow,
}: Pick<Evidence, 'balanceBefore' | 'balanceNow'>): string | null => {
  if (balanceNow === null) return balanceBefore === null ? null : `balance ${formatCredits(balanceBefore)} before`;
  return balanceBefore === null
    ? `balance ${formatCredits(balanceNow)} now`
    : `balance ${formatCredits(balanceBefore)} before → ${formatCredits(balanceNow)} now`;
};

/** Each entry of the vendor's history once, as the latest look saw it. */
export const candidatesOf = (evidence: readonly Evidence[]): readonly Candidate[] => {
  const newestFirst = evidence.toReversed().flatMap(({ candidates }) => candidates);
  return newestFirst.filter(
    (item, at) => newestFirst.findIndex(({ vendorItemId }) => vendorItemId === item.vendorItemId) === at,
  );
};

export const candidateWords = ({ at, voice, credits, note }: Candidate): string =>
  [
    at === null ? null : formatMoment(at),
    voice,
    credits === null ? null : `${formatCredits(credits)} credits`,
    note === '' ? null : note,
  ]
    .filter((part) => part !== null)
    .join(' · ');
