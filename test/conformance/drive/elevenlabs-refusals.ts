/** The vendor says no: keys, scopes, plans, credits, limits, texts and faults of its own, in each shape of error. */
import type { CallContext, SpeechProvider } from '#engine/providers/provider.ts';
import type { ElevenLabsServer } from '#hosts/demo/vendors/elevenlabs/server.ts';
import { contextOf, speak } from './drive.ts';
import type { Driver } from './drive.ts';
import type { StartFake } from './elevenlabs.ts';
import { recipeOf } from './elevenlabs-speech.ts';

const usual = {
  tier: 'pro',
  flagged: false,
  creditLimit: null,
  concurrencyCap: null,
  quotaAnswer: 'quota_exceeded',
} as const;

export const refuseElevenLabs = async (driver: Driver, adapter: SpeechProvider, start: StartFake): Promise<void> => {
  for (const errorShape of ['current', 'legacy'] as const) {
    const server = await start({ errorShape });
    const { scopes, ...rest } = { scopes: ['text_to_speech'] as const, ...usual };
    const voices = server.voices();
    const voice = voices[0]?.voiceId ?? '';
    const context = contextOf('elevenlabs', server);
    const stranger = contextOf('elevenlabs', server, {}, 'sk_not_a_key_of_this_account');
    const say = (words: string): string => `${words}, errors ${errorShape}`;
    const order = (text: string, of: CallContext = context, more: Parameters<typeof recipeOf>[4] = {}, by = voice) =>
      speak(adapter, of, recipeOf(adapter, of, by, text, more));
    const under = async (
      words: string,
      code: string | null,
      options: Parameters<ElevenLabsServer['change']>[0],
      run: () => Promise<unknown>,
    ): Promise<void> => {
      server.change(options);
      await driver.fails(say(words), code, run);
      server.change(rest);
    };

    await driver.fails(say('speech with a wrong key'), 'key_refused', () => order('Hello.', stranger));
    await driver.fails(say('a flow with a wrong key'), 'key_refused', () =>
      order('Hello.', contextOf('elevenlabs', server, { route: 'flows' }, 'sk_wrong')),
    );
    for (const [words, run] of [
      ['voices', () => adapter.voices(stranger)],
      ['models', async () => adapter.models?.(stranger)],
      ['account', async () => adapter.readAccount?.(stranger)],
      ['history', async () => adapter.history?.(stranger, { cursor: null, limit: 10 })],
      ['library', async () => adapter.library?.(stranger, { page: 0 })],
      ['usage', async () => adapter.usage?.(stranger, { from: '2026-01-01', to: '2026-01-02' })],
    ] as const)
      await driver.fails(say(`${words} with a wrong key`), 'key_refused', run);
    await driver.fails(say('an unknown voice'), 'voice_not_found', () => order('Hello.', context, {}, 'nobody'));
    await driver.fails(say('an unknown model'), null, () => order('Hello.', context, { model: 'eleven_v0' }));
    await driver.fails(say('a text too long'), 'text_too_long', () => order('long '.repeat(2100), context));
    await driver.fails(say('a rejected text'), 'text_rejected', () => order('This is unspeakable.'));
    await driver.fails(say('a language that is not spoken'), null, () =>
      order('Hello.', context, { model: 'eleven_flash_v2_5', settings: { language: 'xx' } }),
    );
    await driver.fails(say('audio of an unknown item'), null, async () => adapter.historyAudio?.(context, 'nothing'));
    await driver.fails(say('an unknown library voice'), null, async () =>
      adapter.addFromLibrary?.(context, 'owner/nobody', 'Nobody'),
    );
    await under('no credits', 'out_of_credits', { creditLimit: 1 }, () => order('Not enough for this.'));
    await under(
      'no credits, as documented',
      'out_of_credits',
      { creditLimit: 1, quotaAnswer: 'insufficient_credits' },
      () => order('Not enough for this.'),
    );
    await under('an account under suspicion', null, { flagged: true }, () => order('Hello.'));
    await under('a format of a higher plan', null, { tier: 'free' }, () =>
      order('Hello.', contextOf('elevenlabs', server, { format: 'wav_48000' })),
    );
    const shared = voices.find(({ libraryOwner }) => libraryOwner !== null)?.voiceId ?? '';
    await under('a library voice on the free plan', null, { tier: 'free' }, () => order('Hello.', context, {}, shared));
    await under('zero retention below enterprise', null, {}, () =>
      order('Hello.', contextOf('elevenlabs', server, { zeroRetention: true })),
    );
    await under('no requests at a time', 'provider_rate_limited', { concurrencyCap: 0 }, () => order('Hello.'));
    server.change({ scopes });
    await driver.fails(say('a history without its scope'), null, async () =>
      adapter.history?.(context, { cursor: null, limit: 10 }),
    );

    for (const fault of [
      'rateLimitExceeded',
      'rateLimitConcurrent',
      'rateLimitBusy',
      'errorBefore',
      'errorNotCharged',
      'errorAfter',
    ] as const) {
      const troubled = await start({ errorShape, faults: { [fault]: 1 } });
      const of = contextOf('elevenlabs', troubled);
      await driver.fails(say(fault), null, () =>
        speak(adapter, of, recipeOf(adapter, of, troubled.voices()[0]?.voiceId ?? '', `Told by ${fault}.`)),
      );
    }
  }
  const troubled = await start({ faults: { historyTrouble: 1 } });
  const of = contextOf('elevenlabs', troubled);
  for (let round = 0; round < 3; round += 1)
    await adapter.history?.(of, { cursor: null, limit: 10 + round }).catch(() => undefined);
};
