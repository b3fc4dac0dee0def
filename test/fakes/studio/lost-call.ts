import type { Job } from '#contract/entities.ts';

/** A call to a vendor that takes no keys, after two looks into its history. */
export const lostWithoutKey = (): Pick<Job, 'workspaceId' | 'workspaceName' | 'generation' | 'error'> => ({
  workspaceId: 'main' as Job['workspaceId'],
  workspaceName: 'main',
  error: {
    code: 'outcome_unknown',
    message: 'No answer came, and no call in the vendor’s history is surely this one.',
  },
  generation: {
    id: 'g2' as never,
    state: 'unknown',
    idempotencyKey: null,
    vendorId: null,
    requestId: null,
    submittedAt: Date.now() - 95_000,
    chargedCredits: null,
    estimateCredits: 58,
    evidence: [
      {
        at: Date.now() - 80_000,
        message: 'Nothing of that time in the history yet.',
        balanceBefore: 21_675,
        balanceNow: 21_675,
        candidates: [],
      },
      {
        at: Date.now() - 20_000,
        message: 'One call of that time with a different text.',
        balanceBefore: 21_675,
        balanceNow: 21_660,
        candidates: [
          {
            vendorItemId: 'item-1',
            at: Date.now() - 94_000,
            voice: 'Morgan',
            text: 'All night long!',
            credits: 15,
            note: 'the text differs',
          },
        ],
      },
    ],
  },
});
