/** What the adapter reads of an account: voices, library, credits, history, usage, and the free test. */
import type { SpeechProvider, VendorHistoryPage } from '#engine/providers/provider.ts';
import type { scopes as allScopes } from '#hosts/demo/vendors/elevenlabs/options.ts';
import { contextOf } from './drive.ts';
import type { Driver } from './drive.ts';
import type { StartFake } from './elevenlabs.ts';

type Scope = (typeof allScopes)[number];
const scopes: readonly Scope[] = [
  'text_to_speech',
  'voices_read',
  'voices_write',
  'models_read',
  'user_read',
  'speech_history_read',
  'speech_history_write',
  'workspace_analytics_read',
];
const dayMs = 86_400_000;
const day = (back: number): string => new Date(Date.now() - back * dayMs).toISOString().slice(0, 10);

export const readElevenLabsAccount = async (
  driver: Driver,
  adapter: SpeechProvider,
  start: StartFake,
): Promise<void> => {
  const server = await start({ openInvoices: 1, pendingChange: 'change', overageCredits: 'unlimited' });
  const context = contextOf('elevenlabs', server);
  const voices = server.voices();
  server.addHistory(
    Array.from({ length: 40 }, (_, index) => ({
      at: Date.now() - index * 3 * dayMs - 1000,
      text: `From the web app, number ${index}.`,
      voiceId: voices[index % voices.length]?.voiceId ?? '',
      model: index % 2 === 0 ? 'eleven_multilingual_v2' : 'eleven_flash_v2_5',
      format: index % 5 === 0 ? 'pcm_44100' : 'mp3_44100_128',
      source: index % 3 === 0 ? 'Flows' : 'TTS',
      settings: { stability: 0.5 },
    })),
  );
  await driver.works('probe', () => adapter.probe(context));
  await driver.works('test', () => adapter.test(context));
  await driver.works('voices', () => adapter.voices(context));
  await driver.works('account', async () => adapter.readAccount?.(context));

  const filters = {
    search: 'a warm narrator',
    language: 'de',
    gender: 'female',
    age: 'middle-aged',
    accent: 'british',
    useCase: 'narration',
    category: 'professional',
  } as const;
  const singly = Object.entries(filters).map(([name, value]) => ({ [name]: value }));
  for (const query of [{}, ...singly, filters])
    await driver.works(`library by ${Object.keys(query).join(', ') || 'nothing'}`, async () =>
      adapter.library?.(context, { page: 0, ...query }),
    );
  const second = await driver.works('library, second page', async () => adapter.library?.(context, { page: 1 }));
  const [wanted] = second?.voices ?? [];
  await driver.works('adding from the library', async () =>
    adapter.addFromLibrary?.(context, wanted?.libraryId ?? '', 'Added by the drive'),
  );

  let cursor: string | null = null;
  for (let page = 0; page < 5; page += 1) {
    const at: string | null = cursor;
    const read: VendorHistoryPage | undefined = await driver.works(`history, page ${page}`, async () =>
      adapter.history?.(context, { cursor: at, limit: page === 0 ? 1000 : 7 }),
    );
    cursor = page === 0 ? null : (read?.cursor ?? null);
    const [item] = read?.items ?? [];
    if (item !== undefined)
      await driver.works('audio of a history item', async () => {
        for await (const _ of (await adapter.historyAudio?.(context, item.vendorItemId)) ?? []);
      });
  }
  await driver.works('history since a day', async () =>
    adapter.history?.(context, { cursor: null, limit: 5000, fromAt: Date.now() - 9 * dayMs }),
  );
  await driver.works('history, an odd limit', async () => adapter.history?.(context, { cursor: null, limit: 0.5 }));

  const ranges = [
    [0, 0],
    [29, 0],
    [94, 0],
    [3000, 2960],
  ] as const;
  for (const [from, to] of ranges)
    await driver.works(`usage of ${from - to + 1} days`, async () =>
      adapter.usage?.(context, { from: day(from), to: day(to) }),
    );
  server.change({ scopes: scopes.filter((scope) => scope !== 'workspace_analytics_read') });
  for (const [from, to] of ranges)
    await driver.works(`usage of ${from - to + 1} days without analytics`, async () =>
      adapter.usage?.(context, { from: day(from), to: day(to) }),
    );
  for (const missing of scopes) {
    server.change({ scopes: scopes.filter((scope) => scope !== missing) });
    await driver.works(`test without ${missing}`, () => adapter.test(context));
  }
};
