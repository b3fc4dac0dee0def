/** The vendors that the demo runs over: three fakes, and a fourth that answers as retired. */
import type { FakeClock } from './vendors/common/clock.ts';
import { type GenerationsServer, startGenerationsServer } from './vendors/chosen/server.ts';
import { type ElevenLabsServer, startElevenLabsServer } from './vendors/elevenlabs/server.ts';
import { startSupertoneServer, type SupertoneServer } from './vendors/supertone/server.ts';

export interface DemoVendors {
  readonly chosen: GenerationsServer;
  readonly elevenlabs: ElevenLabsServer;
  readonly supertone: SupertoneServer;
  /** Supertone after its end: a workspace whose base URL is set to this one shows what is left then. */
  readonly retired: SupertoneServer;
  close(): Promise<void>;
}

const dayMs = 86_400_000;

export const startVendors = async (clock: FakeClock): Promise<DemoVendors> => {
  const [chosen, elevenlabs, supertone, retired] = await Promise.all([
    startGenerationsServer(
      { plan: 'pro', serviceTimeMs: 700, audioHost: 'other', apiKey: 'demo-key-of-chosen' },
      clock,
    ),
    startElevenLabsServer(
      {
        tier: 'creator',
        serviceTimeMs: 600,
        historyDelayMs: 2000,
        openInvoices: 1,
        resetAt: clock.now() + 12 * dayMs,
        apiKey: 'demo-key-of-elevenlabs',
      },
      clock,
    ),
    // No service time and no limit of calls while its past is written.
    startSupertoneServer(
      { plan: 'pro', serviceTimeMs: 0, requestsPerMinute: 0, balance: 9000, apiKey: 'demo-key-of-supertone' },
      clock,
    ),
    startSupertoneServer({ retired: 'gone', apiKey: 'demo-key-of-supertone' }, clock),
  ]);
  return {
    chosen,
    elevenlabs,
    supertone,
    retired,
    close: async () => {
      await Promise.all([chosen.close(), elevenlabs.close(), supertone.close(), retired.close()]);
    },
  };
};
