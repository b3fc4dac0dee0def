/** A vendor with a history that can be listed page by page and heard, over the one whose calls end as the test says. */
import { AppError } from '#contract/errors.ts';
import type { Clock } from '#engine/ports.ts';
import { ProviderError, type SpeechProvider, type VendorItem } from '#engine/providers/provider.ts';
import { createHistoryVendor, type Ending } from '#test/builders/history-vendor.ts';
import { toneFor } from '#test/integration/queue/gated-vendor.ts';

export const item = (given: Partial<VendorItem> & Pick<VendorItem, 'vendorItemId' | 'at'>): VendorItem => ({
  requestId: null,
  voiceId: 'rachel-id',
  voiceName: 'Rachel',
  model: 'multilingual',
  text: `Made elsewhere, ${given.vendorItemId}.`,
  credits: 7,
  source: 'TTS',
  state: 'created',
  format: 'mp3_44100_128',
  settings: { stability: 0.5 },
  timings: null,
  ...given,
});
/** `count` items a minute apart, the newest last; ids `past-1` onwards. */
export const past = (count: number, newestAt: number, given: Partial<VendorItem> = {}): VendorItem[] =>
  Array.from({ length: count }, (_, index) =>
    item({ vendorItemId: `past-${index + 1}`, at: newestAt - (count - 1 - index) * 60_000, ...given }),
  );

export interface ListingOptions {
  readonly clock: Clock;
  readonly ending?: (text: string, count: number) => Ending;
  /** Items a page has at most. Default 50. */
  readonly pageSize?: number;
  readonly needsKey?: boolean;
}
export const createListingVendor = ({
  clock,
  ending = () => 'answer',
  pageSize = 50,
  needsKey = false,
}: ListingOptions) => {
  const vendor = createHistoryVendor({ clock, ending, needsKey });
  /** Made in the web app or by others, in any order. */
  const others: VendorItem[] = [];
  const hidden = new Set<string>();
  /** Cursors that were asked for. */
  const asked: (string | null)[] = [];
  const downloads: string[] = [];
  let refusal: ((cursor: string | null) => ProviderError | null) | null = null;

  const all = (): VendorItem[] =>
    [
      ...others,
      ...vendor.calls.map((call) =>
        item({
          vendorItemId: call.id,
          at: call.at,
          requestId: `request-${call.id}`,
          voiceId: 'Ava',
          voiceName: 'Ava of the vendor',
          model: null,
          text: call.text,
          credits: call.credits,
        }),
      ),
    ]
      .filter(({ vendorItemId }) => !hidden.has(vendorItemId))
      .toSorted((a, b) => b.at - a.at);
  const provider: SpeechProvider = {
    ...vendor.provider,
    history: (_context, { cursor, limit, fromAt }) => {
      asked.push(cursor);
      const error = refusal?.(cursor) ?? null;
      if (error !== null) return Promise.reject(error);
      const list = all().filter(({ at }) => fromAt === undefined || at >= fromAt);
      const from = cursor === null ? 0 : list.findIndex(({ vendorItemId }) => vendorItemId === cursor) + 1;
      // As the real one: after an item that is not there comes nothing.
      const items = cursor !== null && from === 0 ? [] : list.slice(from, from + Math.min(limit, pageSize));
      const hasMore = items.length > 0 && from + items.length < list.length;
      return Promise.resolve({ items, cursor: hasMore ? (items.at(-1)?.vendorItemId ?? null) : null });
    },
    historyAudio: (_context, id) => {
      downloads.push(id);
      const found = all().find(({ vendorItemId }) => vendorItemId === id);
      if (found === undefined) throw new AppError('not_found', 'There is no such item.');
      return Promise.resolve(
        (async function* body() {
          const audio = toneFor(found.text);
          yield audio.subarray(0, 1000);
          await Promise.resolve();
          yield audio.subarray(1000);
        })(),
      );
    },
  };
  return {
    provider,
    calls: vendor.calls,
    others,
    asked,
    downloads,
    /** Deleted at the vendor, or not written yet. */
    hide: (vendorItemId: string) => hidden.add(vendorItemId),
    show: (vendorItemId: string) => hidden.delete(vendorItemId),
    /** Lists are refused from now on where it says why; null: no more. */
    refuse: (why: ((cursor: string | null) => ProviderError | null) | null) => {
      refusal = why;
    },
    release: vendor.release,
  };
};
export type ListingVendor = ReturnType<typeof createListingVendor>;

export const offline = (): ProviderError =>
  new ProviderError('provider_offline', 'Nobody answers.', { phase: 'connect', charged: 'no', disposition: 'again' });
