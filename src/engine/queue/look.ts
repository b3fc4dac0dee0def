/**
 * Looking for a call whose answer was lost, at a vendor without idempotency keys: free looks into its history at growing
 * intervals. One item of the history belongs to one call of ours; what cannot be decided is put before a person.
 */
import type { Evidence, SpeechRecipe } from '#contract/entities.ts';
import { endClaim } from '../database/jobs.ts';
import { addEvidence } from '../database/evidence.ts';
import {
  countLook,
  hasTwinInFlight,
  isVendorIdTaken,
  listTwinIds,
  markAccepted,
  markUnknown,
  requestOf,
  type GenerationRow,
} from '../database/generations.ts';
import type { Findings, SpeechProvider, VendorStatus } from '../providers/provider.ts';
import { asProviderError, persist } from './failures.ts';
import type { LaneContext, RunningJob } from './lane-context.ts';
import { Parked } from './sleep.ts';

/** Ms after the loss (VENDORS C.10: 2, 5, 15 and 45 s, one after the other). */
const usualLooksMs: readonly number[] = [2_000, 7_000, 22_000, 67_000];
/** When the same text is still in flight beside it, in ms. */
const twinWaitMs = 2_000;

export const looksOf = (provider: SpeechProvider): readonly number[] => provider.lookAfterMs ?? usualLooksMs;

/** Whether a lost call of this vendor may still turn up by itself. */
export const isTraceable = ({ abilities }: SpeechProvider): boolean =>
  abilities.idempotencyKey || abilities.jobPolling || abilities.remoteHistory;

/** Its answer was lost, or came without what identifies it: sending again could pay twice. */
export const isLost = (generation: GenerationRow): boolean =>
  generation.idempotencyKey === null && generation.vendorId === null && generation.state !== 'created';

/** What becomes of a job whose call got lost: looked for by itself where that can be done, else a person is asked. */
export const afterLoss = (
  provider: SpeechProvider,
  generation: Pick<GenerationRow, 'idempotencyKey' | 'looks'>,
  at: number,
): { readonly resolution: 'automatic' | 'ask'; readonly retryAt: number | null } => {
  if (generation.idempotencyKey !== null) return { resolution: 'automatic', retryAt: at };
  const after = looksOf(provider)[generation.looks];
  return provider.find === undefined || after === undefined
    ? { resolution: 'ask', retryAt: null }
    : { resolution: 'automatic', retryAt: at + after };
};

const nothingFound = (message: string): string =>
  `The answer was lost, and the vendor takes no idempotency key. ${message} It may have been charged or not; nothing is sent again by itself. Look at what was found, then decide.`;

type Found = Exclude<Findings, { kind: 'absent' }>['status'];

/** Null when the job was laid down again: to be looked for later, or asked about. Throws Parked. */
export const lookForCall = async (
  context: LaneContext,
  running: RunningJob,
  generation: GenerationRow,
  recipe: SpeechRecipe,
): Promise<VendorStatus | null> => {
  const { database, clock } = context.ports;
  const { job } = running;
  running.releaseSlot();
  const layDown = async (
    point: 'look-later' | 'looked',
    to: { readonly retryAt: number | null; readonly code: string; readonly message: string },
    evidence: Evidence | null,
  ): Promise<null> => {
    const write = (): void => {
      markUnknown(database, generation.id);
      if (evidence !== null) {
        countLook(database, generation.id);
        addEvidence(database, generation.id, evidence);
      }
      endClaim(
        database,
        job,
        {
          state: 'uncertain',
          resolution: to.retryAt === null ? 'ask' : 'automatic',
          retryAt: to.retryAt,
          error: { code: to.code, message: to.message },
        },
        clock.now(),
      );
    };
    await persist(context, () =>
      point === 'looked' ? context.group.run('looked', write) : context.group.run('look-later', write),
    );
    if (to.retryAt !== null) context.wakeAt(to.retryAt);
    context.ended(job, null);
    return null;
  };

  const { find } = context.provider;
  if (find === undefined)
    return layDown(
      'looked',
      { retryAt: null, code: 'outcome_unknown', message: nothingFound('It keeps no history either.') },
      null,
    );
  let findings: Findings;
  try {
    findings = await find(context.call(), {
      request: requestOf(generation),
      recipe,
      submittedAt: generation.submittedAt ?? clock.now(),
      requestId: generation.requestId,
      estimateCredits: generation.estimateCredits,
      balanceBefore: generation.balanceBefore,
      isTaken: (vendorItemId) => isVendorIdTaken(database, vendorItemId, generation.id),
      twinIds: listTwinIds(database, generation),
    });
    context.answered();
  } catch (error) {
    if (context.call().signal.aborted) throw new Parked();
    const trouble = asProviderError(error, context.ports.logger);
    const again = trouble.disposition !== 'permanent';
    const retryAt = again ? Math.max(context.refused(trouble), clock.now() + twinWaitMs) : null;
    return layDown('look-later', { retryAt, code: trouble.code, message: trouble.message }, null);
  }

  if (findings.kind === 'absent') {
    const { message, balanceNow, candidates } = findings;
    const evidence: Evidence = {
      at: clock.now(),
      message,
      balanceBefore: generation.balanceBefore,
      balanceNow,
      candidates: candidates.map(({ item, note }) => ({
        vendorItemId: item.vendorItemId,
        at: item.at,
        voice: item.voiceName ?? item.voiceId,
        text: item.text,
        credits: item.credits,
        note,
      })),
    };
    const looks = looksOf(context.provider);
    const next = looks[generation.looks + 1];
    const retryAt = next === undefined ? null : clock.now() + Math.max(0, next - (looks[generation.looks] ?? 0));
    return layDown('looked', { retryAt, code: 'outcome_unknown', message: nothingFound(message) }, evidence);
  }
  const status: Found = findings.status;
  const taken = await persist(context, () =>
    context.group.run('found', () => {
      const id = status.vendorId;
      // The same text may be in flight beside this one, its answer on the way: whose item it is will then be told.
      if (id === null || isVendorIdTaken(database, id, generation.id) || hasTwinInFlight(database, generation))
        return false;
      markAccepted(database, generation.id, { vendorId: id, chargedCredits: status.chargedCredits }, clock.now());
      return true;
    }),
  );
  if (taken) return status;
  return layDown(
    'look-later',
    {
      retryAt: clock.now() + twinWaitMs,
      code: 'outcome_unknown',
      message: 'The answer was lost; it is being looked for in the history, free.',
    },
    null,
  );
};
