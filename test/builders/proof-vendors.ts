/** The three fakes as the proof sees them: how each is started, which faults it has, and what it leaves to settle a lost call by. */
import type { Clock } from '#engine/ports.ts';
import type { ProviderId, Workspace } from '#contract/entities.ts';
import { faultMixes as chosenMixes, mixesThatEndJobs } from '#hosts/demo/vendors/chosen/options.ts';
import type { GenerationsServerOptions } from '#hosts/demo/vendors/chosen/options.ts';
import { startGenerationsServer } from '#hosts/demo/vendors/chosen/server.ts';
import {
  faultMixes as elevenLabsMixes,
  mixesThatMayAsk as elevenLabsAsks,
} from '#hosts/demo/vendors/elevenlabs/mixes.ts';
import type { ElevenLabsServerOptions } from '#hosts/demo/vendors/elevenlabs/options.ts';
import { startElevenLabsServer } from '#hosts/demo/vendors/elevenlabs/server.ts';
import { faultMixes as supertoneMixes, mixesThatMayAsk as supertoneAsks } from '#hosts/demo/vendors/supertone/mixes.ts';
import type { SupertoneServerOptions } from '#hosts/demo/vendors/supertone/options.ts';
import { startSupertoneServer } from '#hosts/demo/vendors/supertone/server.ts';
import { vendorRow, type Traces, type VendorRow } from './proof.ts';

export interface RunningVendor {
  readonly baseUrl: string;
  readonly apiKey: string;
  /** A voice of the account. */
  readonly voice: string;
  readonly settings: Workspace['settings'];
  rows(): readonly VendorRow[];
  seenKeys(): readonly string[];
  posts(): number;
  close(): Promise<void>;
}
export interface VendorStart {
  readonly mix: string;
  readonly mode: string;
  readonly seed: number;
  readonly clock: Clock;
}
export interface ProofVendor {
  readonly provider: ProviderId;
  readonly traces: Traces;
  readonly mixes: readonly string[];
  readonly modes: readonly string[];
  /** Why a line may wait for a person with this mix; null: none may. */
  mayAsk(mix: string): string | null;
  start(how: VendorStart): Promise<RunningVendor>;
}

const posts = (counts: Readonly<Record<string, number>>): number => (counts['posts'] ?? 0) + (counts['flowPosts'] ?? 0);
const common = { concurrency: 10, answerTimeoutSeconds: 0.5 };

export const chosenVendor = (more: Partial<GenerationsServerOptions> = {}): ProofVendor => ({
  provider: 'chosen',
  traces: 'key',
  mixes: Object.keys(chosenMixes).filter((mix) => !mixesThatEndJobs.has(mix)),
  modes: ['completed', 'processing'],
  mayAsk: () => null,
  start: async ({ mix, mode, seed, clock }) => {
    const faults = (chosenMixes as Readonly<Record<string, GenerationsServerOptions['faults']>>)[mix] ?? {};
    const server = await startGenerationsServer(
      { seed, mode: mode as GenerationsServerOptions['mode'], faults, audioBytes: 4000, ...more },
      clock,
    );
    return {
      ...server,
      voice: 'Ava',
      settings: common,
      rows: () => server.ledger().map(vendorRow),
      posts: () => posts(server.counts()),
    };
  },
});

export const elevenLabsVendor = (more: Partial<ElevenLabsServerOptions> = {}): ProofVendor => ({
  provider: 'elevenlabs',
  traces: 'history',
  mixes: Object.keys(elevenLabsMixes),
  modes: ['direct', 'flows'],
  mayAsk: (mix) => (elevenLabsAsks as ReadonlyMap<string, string>).get(mix) ?? null,
  start: async ({ mix, mode, seed, clock }) => {
    const faults = (elevenLabsMixes as Readonly<Record<string, ElevenLabsServerOptions['faults']>>)[mix] ?? {};
    const server = await startElevenLabsServer(
      { seed, faults, audioBytes: 4000, tier: 'pro', concurrencyCap: 10, ...more },
      clock,
    );
    return {
      ...server,
      voice: server.voices()[0]?.voiceId ?? '',
      settings: {
        ...common,
        ...(mode === 'flows' ? { route: 'flows' } : { format: 'wav_22050', timestamps: seed % 2 === 0 }),
      },
      rows: () => server.ledger().map((row) => ({ ...vendorRow(row), id: row.flowId ?? row.id, alias: row.id })),
      posts: () => posts(server.counts()),
    };
  },
});

export const supertoneVendor = (more: Partial<SupertoneServerOptions> = {}): ProofVendor => ({
  provider: 'supertone',
  traces: 'none',
  mixes: Object.keys(supertoneMixes),
  modes: ['direct'],
  mayAsk: (mix) => (supertoneAsks as ReadonlyMap<string, string>).get(mix) ?? null,
  start: async ({ mix, seed, clock }) => {
    const faults = (supertoneMixes as Readonly<Record<string, SupertoneServerOptions['faults']>>)[mix] ?? {};
    const server = await startSupertoneServer({ seed, faults, requestsPerMinute: 6000, ...more }, clock);
    return {
      ...server,
      voice: server.voices()[0]?.voice_id ?? '',
      settings: { ...common, requestsPerMinute: 6000 },
      rows: () => server.ledger().map(vendorRow),
      posts: () => posts(server.counts()),
    };
  },
});
