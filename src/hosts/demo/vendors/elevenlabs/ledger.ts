/** The vendor's own books: every call that was ever billed, and what stands in the account's history beside them. */
import { randomUUID } from 'node:crypto';
import type { FakeAudio } from './audio.ts';

export type Source = 'TTS' | 'Flows' | 'STS' | 'Projects';

export interface Call {
  /** The history item's. */
  readonly id: string;
  readonly flowId: string | null;
  readonly requestId: string;
  /** The request body as it came; empty for items that were added from outside. */
  readonly body: string;
  readonly text: string;
  readonly voice: string;
  readonly voiceName: string;
  readonly model: string;
  readonly format: string;
  readonly settings: Readonly<Record<string, unknown>> | null;
  readonly source: Source;
  readonly chargedCredits: number;
  readonly createdAt: number;
  /** `enable_logging=false` leaves no trace in the history. */
  readonly isLogged: boolean;
  /** Whether it came in through this server's API; else it was made "in the web app". */
  readonly isOwn: boolean;
  refundedCredits: number;
  state: 'working' | 'done' | 'failed';
  /** When the history shows it; null: the call is still at work. */
  visibleAt: number | null;
  deleted: boolean;
  /** Of a failed flow. */
  failure: { readonly reason: string; readonly message: string } | null;
  /** Called once when the work is over. */
  readonly waiting: (() => void)[];
}

export interface LedgerRow {
  readonly id: string;
  readonly flowId: string | null;
  readonly requestId: string;
  readonly body: string;
  readonly text: string;
  readonly voice: string;
  readonly model: string;
  readonly format: string;
  readonly source: Source;
  readonly chargedCredits: number;
  readonly refundedCredits: number;
  /** Of the audio that is served for it. */
  readonly audioSha256: string;
  readonly createdAt: number;
}

export type NewCall = Omit<Call, 'id' | 'requestId' | 'refundedCredits' | 'state' | 'deleted' | 'failure' | 'waiting'>;

export interface Ledger {
  bill(call: NewCall, state?: Call['state']): Call;
  finish(call: Call, failure: Call['failure']): void;
  find(id: string): Call | undefined;
  findFlow(flowId: string): Call | undefined;
  /** All calls in the order of time, added ones too. */
  all(): readonly Call[];
  /** Net credits of calls since `from`, epoch ms. */
  usedSince(from: number): number;
  /** Net credits of the whole account up to this call, without it. */
  countBefore(call: Call): number;
  /** Only calls that came in through the API. */
  rows(): readonly LedgerRow[];
  /** Bodies with more paid calls than were wanted; 1 each unless told. */
  billedTwice(wanted?: (body: string) => number): readonly { readonly body: string; readonly times: number }[];
}

const shortId = (): string => randomUUID().replaceAll('-', '').slice(0, 20);
const net = (call: Call): number => call.chargedCredits - call.refundedCredits;

export const createLedger = (audio: FakeAudio): Ledger => {
  const calls: Call[] = [];
  const byId = new Map<string, Call>();
  const byFlow = new Map<string, Call>();
  /** Running sums of net credits; recounted after a refund or an item from the past. */
  let sums: Map<Call, number> | null = null;

  const add = (call: Call): void => {
    const newest = calls.at(-1);
    if (newest === undefined || newest.createdAt <= call.createdAt) calls.push(call);
    else {
      let at = calls.length;
      while (at > 0 && (calls[at - 1]?.createdAt ?? 0) > call.createdAt) at -= 1;
      calls.splice(at, 0, call);
    }
    sums = null;
  };
  return {
    bill(order, state = 'working') {
      const call: Call = {
        ...order,
        id: shortId(),
        requestId: shortId(),
        refundedCredits: 0,
        state,
        deleted: false,
        failure: null,
        waiting: [],
      };
      add(call);
      byId.set(call.id, call);
      if (call.flowId !== null) byFlow.set(call.flowId, call);
      return call;
    },
    finish(call, failure) {
      call.state = failure === null ? 'done' : 'failed';
      call.failure = failure;
      if (failure !== null) {
        call.refundedCredits = call.chargedCredits;
        call.visibleAt = null;
        sums = null;
      }
      for (const run of call.waiting.splice(0)) run();
    },
    find: (id) => byId.get(id),
    findFlow: (flowId) => byFlow.get(flowId),
    all: () => calls,
    usedSince: (from) => calls.reduce((sum, call) => (call.createdAt >= from ? sum + net(call) : sum), 0),
    countBefore(call) {
      if (sums === null) {
        sums = new Map();
        let sum = 0;
        for (const one of calls) {
          sums.set(one, sum);
          sum += net(one);
        }
      }
      return sums.get(call) ?? 0;
    },
    rows: () =>
      calls
        .filter(({ isOwn }) => isOwn)
        .map((call) => ({
          id: call.id,
          flowId: call.flowId,
          requestId: call.requestId,
          body: call.body,
          text: call.text,
          voice: call.voice,
          model: call.model,
          format: call.format,
          source: call.source,
          chargedCredits: call.chargedCredits,
          refundedCredits: call.refundedCredits,
          audioSha256: audio.sha256(call.text, call.voice, call.format),
          createdAt: call.createdAt,
        })),
    billedTwice(wanted = () => 1) {
      // The voice and the format stand in the address, not in the body.
      const paid = new Map<string, { readonly body: string; times: number }>();
      for (const call of calls) {
        if (!call.isOwn || net(call) <= 0) continue;
        const name = `${call.voice}\0${call.format}\0${call.body}`;
        const seen = paid.get(name) ?? { body: call.body, times: 0 };
        seen.times += 1;
        paid.set(name, seen);
      }
      return [...paid.values()].filter(({ body, times }) => times > wanted(body));
    },
  };
};
