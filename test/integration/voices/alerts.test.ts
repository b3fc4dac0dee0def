// A voice that scripts use and that its vendor withdraws becomes an alert, and the alert ends when nobody uses it any more.
import { expect, it } from 'vitest';
import type { Alert } from '#contract/account.ts';
import { registryOf } from '#engine/providers/registry.ts';
import type { ProviderVoice } from '#engine/providers/provider.ts';
import { createHistoryVendor } from '#test/builders/history-vendor.ts';
import { endAll, fastClock, saveScript, startStudio } from '#test/integration/queue/setup.ts';
import { afterEach } from 'vitest';

afterEach(endAll);

const voice = (voiceId: string): ProviderVoice => ({
  voiceId,
  name: voiceId,
  language: 'en',
  gender: null,
  description: null,
});

it('tells of a voice that is gone while a script speaks with it, until it does not', async () => {
  const clock = fastClock(100);
  const vendor = createHistoryVendor({ clock, ending: () => 'answer' });
  let listed = [voice('Ava'), voice('Ben')];
  const provider = {
    ...vendor.provider,
    abilities: { ...vendor.provider.abilities, voiceList: true },
    voices: () => Promise.resolve(listed),
  };
  const studio = await startStudio({ clock, engine: { providers: registryOf([provider]) } });
  await studio.client.call('workspace.add', { provider: 'elevenlabs', name: 'studio', baseUrl: 'http://127.0.0.1:1' });
  await studio.client.call('voice.refresh', {});
  await saveScript(studio, 'spring', ['Hello there.'], 'studio/Ava');
  const gone = (alerts: readonly Alert[]): Alert | undefined => alerts.find(({ kind }) => kind === 'voice_gone');
  const next = (isThere: boolean) =>
    new Promise<Alert | undefined>((resolve) => {
      const end = studio.client.on('alert.changed', () => {
        void studio.client.call('alert.list', {}).then((alerts) => {
          if ((gone(alerts) !== undefined) !== isThere) return;
          end();
          resolve(gone(alerts));
        });
      });
    });
  const told = next(true);
  listed = [voice('Ben')];
  await studio.client.call('voice.refresh', {});
  expect((await told)?.message).toContain('"spring" speaks with it');
  const ended = next(false);
  await saveScript(studio, 'spring', ['Hello there.'], 'studio/Ben');
  expect(await ended).toBeUndefined();
});
