/** ElevenLabs: every method of the adapter with every option, then the rest of what the fake serves. */
import { startElevenLabsServer } from '#hosts/demo/vendors/elevenlabs/server.ts';
import type { ElevenLabsServer } from '#hosts/demo/vendors/elevenlabs/server.ts';
import { createElevenLabs } from '#engine/providers/elevenlabs/adapter.ts';
import { createDriver, portsOver } from './drive.ts';
import type { Drive } from './drive.ts';
import { readElevenLabsAccount } from './elevenlabs-account.ts';
import { callElevenLabsDirectly } from './elevenlabs-direct.ts';
import { refuseElevenLabs } from './elevenlabs-refusals.ts';
import { speakElevenLabs } from './elevenlabs-speech.ts';

export type StartFake = (options: Parameters<typeof startElevenLabsServer>[0]) => Promise<ElevenLabsServer>;

export const driveElevenLabs: Drive = async (http) => {
  const driver = createDriver(http);
  const adapter = createElevenLabs(portsOver(http));
  const origins = new Set<string>();
  const servers: ElevenLabsServer[] = [];
  const start: StartFake = async (options) => {
    const server = await startElevenLabsServer({
      serviceTimeMs: 0,
      historyDelayMs: 0,
      audioBytes: 3000,
      errorShape: 'current',
      ...options,
    });
    origins.add(new URL(server.baseUrl).origin);
    servers.push(server);
    return server;
  };
  try {
    await speakElevenLabs(driver, adapter, start);
    await readElevenLabsAccount(driver, adapter, start);
    await refuseElevenLabs(driver, adapter, start);
    await callElevenLabsDirectly(driver, http, start);
  } finally {
    await Promise.all(servers.map((server) => server.close()));
  }
  return { origins, complaints: driver.complaints };
};
