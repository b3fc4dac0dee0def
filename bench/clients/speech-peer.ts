/** The script that people write for ElevenLabs, over the queue, the retries or the client library of their choice. */
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pLimit from 'p-limit';
import { giveAnswer, orderOf, peakRssMb, sayWord, startUse } from '../setup/client-side.ts';
import type { SpeechPeer } from '../setup/peers.ts';

interface Order {
  readonly peer: SpeechPeer;
  readonly folder: string;
  /** Where the peers are installed. */
  readonly peers: string;
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly voice: string;
  readonly model: string;
  readonly format: string;
  readonly texts: readonly string[];
  readonly warmUp: string;
  readonly concurrency: number;
  readonly answerTimeoutSeconds: number;
}
const order = orderOf<Order>();
const { baseUrl, apiKey, voice, model, format, concurrency, answerTimeoutSeconds } = order;

/** The few exports that are used: types of packages that are not installed for the type check. */
interface Retry {
  default(run: () => Promise<Uint8Array>): Promise<Uint8Array>;
  readonly AbortError: new (message: string) => Error;
}
interface Queue {
  readonly default: new (options: {
    readonly concurrency: number;
  }) => {
    add<Result>(run: () => Promise<Result>): Promise<Result>;
  };
}
interface Sdk {
  readonly ElevenLabsClient: new (options: {
    readonly apiKey: string;
    readonly baseUrl: string;
    readonly timeoutInSeconds: number;
  }) => {
    readonly textToSpeech: {
      convert(
        voice: string,
        order: { readonly text: string; readonly modelId: string; readonly outputFormat: string },
      ): Promise<ReadableStream<Uint8Array>>;
    };
  };
}
const packages = createRequire(join(order.peers, 'package.json'));
const load = async <Exports>(name: string): Promise<Exports> =>
  (await import(/* @vite-ignore */ pathToFileURL(packages.resolve(name)).href)) as Exports;

class Refused extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`HTTP ${status}`);
    this.status = status;
  }
}
const fetched = async (text: string): Promise<Uint8Array> => {
  const answer = await fetch(`${baseUrl}/v1/text-to-speech/${voice}?output_format=${format}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'xi-api-key': apiKey },
    body: JSON.stringify({ text, model_id: model }),
    signal: AbortSignal.timeout(answerTimeoutSeconds * 1000),
  });
  if (!answer.ok) throw new Refused(answer.status);
  return new Uint8Array(await answer.arrayBuffer());
};

/** How one line becomes audio, and what keeps `concurrency` of them in flight. */
interface Way {
  speak(text: string): Promise<Uint8Array>;
  inTurn(run: () => Promise<void>): Promise<void>;
}
const limited = pLimit(concurrency);
const ways: Readonly<Record<SpeechPeer, () => Promise<Way>>> = {
  'p-limit': () => Promise.resolve({ speak: fetched, inTurn: limited }),
  'p-limit + p-retry': async () => {
    const { default: retry, AbortError } = await load<Retry>('p-retry');
    const once = async (text: string): Promise<Uint8Array> => {
      try {
        return await fetched(text);
      } catch (error) {
        // Its documentation's own advice: an answer that stays the same is not asked for again.
        if (error instanceof Refused && error.status < 500 && error.status !== 429) throw new AbortError(error.message);
        throw error;
      }
    };
    return { speak: (text) => retry(() => once(text)), inTurn: limited };
  },
  'p-queue': async () => {
    const { default: PQueue } = await load<Queue>('p-queue');
    const queue = new PQueue({ concurrency });
    return { speak: fetched, inTurn: (run) => queue.add(run) };
  },
  'ElevenLabs SDK': async () => {
    const { ElevenLabsClient } = await load<Sdk>('@elevenlabs/elevenlabs-js');
    const { textToSpeech } = new ElevenLabsClient({ apiKey, baseUrl, timeoutInSeconds: answerTimeoutSeconds });
    return {
      speak: async (text) => {
        const audio = await textToSpeech.convert(voice, { text, modelId: model, outputFormat: format });
        return new Uint8Array(await new Response(audio).arrayBuffer());
      },
      inTurn: limited,
    };
  },
};

const { speak, inTurn } = await ways[order.peer]();
await speak(order.warmUp).catch(() => undefined);
const used = startUse();
sayWord('clock');
const stored: string[] = [];
await Promise.all(
  order.texts.map((text, index) =>
    inTurn(async () => {
      try {
        await writeFile(join(order.folder, `${index}.mp3`), await speak(text));
        stored.push(text);
      } catch {
        // Such a script goes on with the next line; what is missing is counted as lost.
      }
    }),
  ),
);
const use = used();
giveAnswer({ ...use, peakRssMb: peakRssMb(), stored, asked: [] });
// fetch keeps its connections open for a while.
process.exit(0);
