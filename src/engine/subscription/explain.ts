/** Why a vendor's list of calls is not ours, call by call. */
import type { ReconciliationLine } from '#contract/account.ts';
import type { GenerationId, TakeId } from '#contract/entities.ts';
import { bookedCalls, findBookedCall, openCalls, type BookedCall } from '../database/vendor-calls.ts';
import type { Clock, ReadableDatabase } from '../ports.ts';
import type { CallContext, SpeechProvider, VendorHistoryPage, VendorItem } from '../providers/provider.ts';
import { problemOf } from '../usage/vendor-call.ts';

/** Items of one page, and pages read at most: 50,000 items, a minute or two of reading. */
const pageItems = 500;
const mostPages = 100;
/** Credits that rounding may account for. */
const negligible = 1e-6;

const ofItem = (item: VendorItem) => ({
  at: item.at,
  text: item.text,
  voice: item.voiceName ?? item.voiceId,
  vendorItemId: item.vendorItemId,
  vendorCredits: item.credits,
});
const ofCall = (call: BookedCall) => ({
  generationId: call.generationId as GenerationId,
  takeId: call.takeId as TakeId | null,
  ourCredits: call.credits,
});
const withoutItem = (call: BookedCall) => ({
  at: call.at,
  text: call.text,
  voice: call.voice,
  vendorItemId: null,
  vendorCredits: null,
  ...ofCall(call),
});

export interface Explained {
  readonly lines: readonly ReconciliationLine[];
  /** What could be read and what not. */
  readonly sources: readonly string[];
  /** Sum of what the vendor listed; null where its list could not be read to the end. */
  readonly listedCredits: number | null;
}

interface Period {
  readonly from: number;
  readonly to: number;
}
const lineOf = (item: VendorItem, call: BookedCall | null, estimatedNote: string): ReconciliationLine | null => {
  if (call === null) {
    const note = 'Not ours: made in the web app, by another program or by a colleague.';
    return { kind: 'vendor_only', ...ofItem(item), generationId: null, takeId: null, ourCredits: null, note };
  }
  const both = { ...ofItem(item), ...ofCall(call) };
  if (call.state !== 'settled') {
    return { kind: 'open_call', ...both, note: 'The vendor has it; our books of this call are still open.' };
  }
  if (item.credits === null || Math.abs(item.credits - call.credits) <= negligible) return null;
  if (call.note === estimatedNote) {
    return {
      kind: 'estimated',
      ...both,
      note: 'The answer named no figure, so ours was reckoned; the vendor counts otherwise.',
    };
  }
  const note =
    call.credits === 0
      ? 'Ours, but not charged in our books within this period.'
      : 'Ours; the vendor counts another amount.';
  return { kind: 'amount_differs', ...both, note };
};

/** The vendor's items of the period, newest first, until its beginning, its end or the cap. */
async function* itemsOf(
  provider: SpeechProvider,
  context: CallContext,
  { from, to }: Period,
): AsyncGenerator<{ readonly items: readonly VendorItem[]; readonly isLast: boolean }> {
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const answer: VendorHistoryPage | undefined = await provider.history?.(context, {
      cursor,
      limit: pageItems,
      fromAt: from,
    });
    if (answer === undefined) return;
    const isLast = answer.cursor === null || answer.items.some(({ at }) => at < from);
    yield { items: answer.items.filter(({ at }) => at >= from && at < to), isLast };
    if (isLast) return;
    cursor = answer.cursor;
  }
}

/** Pairs the vendor's items with our calls and lists what does not agree, newest first. */
export const explainCalls = async (
  ports: { readonly database: ReadableDatabase; readonly clock: Pick<Clock, 'breathe'> },
  workspaceSeq: number,
  period: Period,
  vendor: { readonly provider: SpeechProvider; readonly context: CallContext | null },
  estimatedNote: string,
): Promise<Explained> => {
  const { database, clock } = ports;
  const { provider, context } = vendor;
  const lines: ReconciliationLine[] = [];
  const sources: string[] = [];
  const paired = new Set<string>();
  let listedCredits: number | null = null;
  const hasList = provider.history !== undefined && provider.abilities.remoteHistory;
  if (!hasList) sources.push(`${provider.title} keeps no list of calls, so nothing can be told call by call.`);
  else if (context !== null) {
    try {
      let count = 0;
      let sum = 0;
      let isComplete = false;
      for await (const { items, isLast } of itemsOf(provider, context, period)) {
        for (const item of items) {
          const call = findBookedCall(database, workspaceSeq, item, period);
          if (call !== null) paired.add(call.generationId);
          const line = lineOf(item, call, estimatedNote);
          if (line !== null) lines.push(line);
          sum += item.credits ?? 0;
        }
        count += items.length;
        isComplete = isLast;
        await clock.breathe();
      }
      if (isComplete) listedCredits = sum;
      sources.push(
        isComplete
          ? `The vendor's history lists ${count} calls in this period.`
          : `Only the newest ${count} calls of the vendor's history were read; choose a shorter period to see the rest.`,
      );
    } catch (error) {
      const problem = problemOf(error);
      if (problem === null) throw error;
      sources.push(`The vendor's history could not be read: ${problem.message}`);
    }
  }
  let reckoned = 0;
  const ours = new Map<string, BookedCall>();
  for (const calls of bookedCalls(database, workspaceSeq, period.from, period.to)) {
    for (const call of calls) {
      if (call.note === estimatedNote) reckoned += 1;
      if (listedCredits === null || paired.has(call.generationId)) continue;
      const there = ours.get(call.generationId);
      ours.set(call.generationId, there === undefined ? call : { ...there, credits: there.credits + call.credits });
    }
    await clock.breathe();
  }
  for (const call of ours.values()) {
    if (Math.abs(call.credits) <= negligible) continue;
    lines.push({
      kind: 'ours_only',
      ...withoutItem(call),
      note: "Not in the vendor's list of this period: deleted there, or listed just outside of it.",
    });
  }
  for (const call of openCalls(database, workspaceSeq, period.from, period.to)) {
    if (paired.has(call.generationId)) continue;
    if (call.state === 'stored') {
      lines.push({
        kind: 'open_call',
        ...withoutItem(call),
        note: 'Its audio is here; the vendor has not named its price.',
      });
      continue;
    }
    const most =
      call.estimateCredits === null ? '' : ` It may have been charged up to ${call.estimateCredits} credits.`;
    lines.push({ kind: 'open_call', ...withoutItem(call), note: `How this call ended is not known yet.${most}` });
  }
  if (reckoned > 0) {
    sources.push(
      `${reckoned} of our charges were reckoned from the audio's length, because the vendor's answers name no figure.`,
    );
  }
  return { lines: lines.sort((a, b) => (b.at ?? 0) - (a.at ?? 0)), sources, listedCredits };
};
