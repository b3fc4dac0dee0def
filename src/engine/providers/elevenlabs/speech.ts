/** Speech: sending a line, asking after it, and its audio. Only `speak` can cost anything, and it sends once. */
import type { HttpAnswer } from '../../ports.ts';
import type { CallContext, VendorRequest, VendorStatus } from '../provider.ts';
import { ProviderError } from '../provider.ts';
import { pcmRateOf, playable } from './audio-body.ts';
import type { ElevenLabsClient } from './client.ts';
import { concurrencyOf } from './client.ts';
import { failUnreadable } from './errors.ts';
import {
  audioUrlOf,
  creditsOfItem,
  cursorAfter,
  formatInUrl,
  listHistory,
  readItem,
  statusOfItem,
  textOfItem,
} from './history.ts';
import { FlowCreated, FlowState } from './schema.ts';
import type { Connection } from './settings.ts';
import { readSent, type Sent } from './speech-request.ts';
import { readTimedAudio } from './timed-audio.ts';

/** Which header tells the debit is disputed (VENDORS F 1); seen on the wire is the first. */
const chargeOf = (headers: HttpAnswer['headers']): number | null => {
  const value = Number(headers['character-cost'] ?? headers['x-character-count'] ?? Number.NaN);
  return Number.isFinite(value) && value >= 0 ? value : null;
};
const idOf = (value: string | undefined): string | null =>
  value === undefined || value.trim() === '' ? null : value.trim();
const lengthOf = (headers: HttpAnswer['headers']): number | null => {
  const length = Number(headers['content-length'] ?? Number.NaN);
  return headers['content-encoding'] === undefined && Number.isSafeInteger(length) ? length : null;
};

/** How far back the price of a flow is looked for. Any call of the same text, voice and model cost the same. */
const priceWindowMs = 7 * 24 * 3_600_000;
const mostPricePages = 5;

export interface Speech {
  submit(context: CallContext, connection: Connection, request: VendorRequest): Promise<VendorStatus>;
  poll(context: CallContext, connection: Connection, vendorId: string, request: VendorRequest): Promise<VendorStatus>;
  download(context: CallContext, connection: Connection, audioUrl: string): Promise<AsyncIterable<Uint8Array>>;
  historyAudio(context: CallContext, connection: Connection, itemId: string): Promise<AsyncIterable<Uint8Array>>;
}

/** `now` is our own clock, epoch ms. */
export const createSpeech = (client: ElevenLabsClient, now: () => number): Speech => {
  /** The answer is audio, or JSON with audio in it. Its headers are read, its body is not. */
  const fromAnswer = (context: CallContext, sent: Sent, answer: HttpAnswer): VendorStatus => {
    const { headers } = answer;
    const vendorId = idOf(headers['history-item-id']);
    const requestId = idOf(headers['request-id']);
    const broken = (what: string): ProviderError =>
      failUnreadable(client.failureOf('create', context, { status: answer.status }), what);
    const type = (headers['content-type'] ?? '').toLowerCase();
    const isPage = type.includes('text/html') || (!sent.hasTimestamps && type.includes('json'));
    if (isPage && vendorId === null && requestId === null) throw broken('a page instead of audio');
    const rate = pcmRateOf(sent.format);
    const rest = {
      kind: 'audio',
      vendorId,
      requestId,
      chargedCredits: chargeOf(headers),
      concurrency: concurrencyOf(headers),
    } as const;
    if (!sent.hasTimestamps) return { ...rest, body: playable(answer.body, rate, lengthOf(headers)) };
    const timed = readTimedAudio(answer.body, broken);
    return { ...rest, body: playable(timed.body, rate, null), timings: timed.timings };
  };

  const itemStatus = async (
    context: CallContext,
    connection: Connection,
    itemId: string,
    format: string,
  ): Promise<VendorStatus> =>
    statusOfItem(client, context, connection, await readItem(client, context, connection, itemId), format);

  /** A flow names no price. Null where the history does not tell it, or not yet. */
  const priceOfFlow = async (context: CallContext, connection: Connection, sent: Sent): Promise<number | null> => {
    let cursor: string | null = null;
    try {
      for (let page = 0; page < mostPricePages; page += 1) {
        const { value }: Awaited<ReturnType<typeof listHistory>> = await listHistory(client, context, connection, {
          page_size: 100,
          start_after_history_item_id: cursor,
          voice_id: sent.voice,
          source: 'Flows',
          date_after_unix: Math.floor((now() - priceWindowMs) / 1000),
          sort_direction: 'desc',
        });
        for (const item of value.history) {
          const isAlike = textOfItem(item) === sent.text && (item.model_id ?? sent.model) === sent.model;
          const credits = isAlike ? creditsOfItem(item) : null;
          if (credits !== null) return credits;
        }
        cursor = cursorAfter(value);
        if (cursor === null) break;
      }
    } catch (error) {
      // The audio counts; the price can be learned later.
      if (!(error instanceof ProviderError)) throw error;
    }
    return null;
  };

  const flowStatus = async (
    context: CallContext,
    connection: Connection,
    flowId: string,
    sent: Sent,
  ): Promise<VendorStatus> => {
    const path = `/v1/flows/text-to-speech/${encodeURIComponent(flowId)}`;
    const { value } = await client.read('flow', context, connection, path, FlowState);
    switch (value.status) {
      case 'completed': {
        const url = URL.parse(value.content_url ?? '', `${connection.baseUrl}/`);
        if (url === null || (value.content_url ?? '') === '')
          throw failUnreadable(client.failureOf('flow', context), 'content_url');
        const chargedCredits = await priceOfFlow(context, connection, sent);
        return { kind: 'completed', vendorId: flowId, chargedCredits, audioUrl: url.href };
      }
      case 'failed': {
        const reason = [value.failure_reason, value.error_message].filter(Boolean).join(': ');
        return {
          kind: 'failed',
          vendorId: flowId,
          // Documented: what fails is not charged.
          chargedCredits: 0,
          refundedCredits: 0,
          message: `${reason === '' ? 'The vendor gave no reason.' : reason} It was not charged.`,
        };
      }
      default:
        // pending, generating, and words nobody knows yet.
        return { kind: 'processing', vendorId: flowId, chargedCredits: null, retryAfterMs: null };
    }
  };

  return {
    async submit(context, connection, request) {
      const sent = readSent(request);
      const answer = await client.speak(context, connection, {
        method: 'POST',
        url: request.url,
        body: request.body,
        contentType: request.contentType,
        accept: sent.route === 'flows' || sent.hasTimestamps ? 'application/json' : 'audio/*, */*',
        namesCalls: sent.namesCalls,
      });
      if (sent.route === 'direct') return fromAnswer(context, sent, answer);
      const { value } = await client.parse('create', context, answer, FlowCreated);
      return { kind: 'processing', vendorId: value.id, chargedCredits: null, retryAfterMs: null };
    },

    async poll(context, connection, vendorId, request) {
      const sent = readSent(request);
      if (sent.route === 'direct') return itemStatus(context, connection, vendorId, sent.format);
      try {
        return await flowStatus(context, connection, vendorId, sent);
      } catch (error) {
        // A lost flow that was found in the history is known by its id there.
        if (!(error instanceof ProviderError) || error.code !== 'not_found') throw error;
        return itemStatus(context, connection, vendorId, sent.format);
      }
    },

    async download(context, connection, audioUrl) {
      const answer = await client.audio(context, connection, audioUrl);
      return playable(answer.body, pcmRateOf(formatInUrl(audioUrl)), lengthOf(answer.headers));
    },

    async historyAudio(context, connection, itemId) {
      // The item tells the format; headerless samples cannot be told from noise without it.
      const item = await readItem(client, context, connection, itemId);
      const url = audioUrlOf(connection, itemId, item.output_format ?? null);
      const answer = await client.audio(context, connection, url);
      return playable(answer.body, pcmRateOf(item.output_format ?? ''), lengthOf(answer.headers));
    },
  };
};
