/** Whole entities from the fields that matter to a screen. */
import type { Lane, Render, Workspace } from '#contract/entities.ts';
import { chanceOf } from './sound.ts';

export const hash = (seed: number): string => {
  const chance = chanceOf(seed * 7919 + 13);
  return Array.from({ length: 64 }, () => '0123456789abcdef'[Math.floor(chance() * 16)]).join('');
};
export const free = {
  idempotencyKey: false,
  jobPolling: false,
  remoteHistory: false,
  balance: false,
  subscription: false,
  usage: false,
  durationPrediction: false,
  costUnit: 'free',
  voiceList: true,
  needsKey: false,
} as const;

export const workspace = (id: string, part: Partial<Workspace>): Workspace => ({
  id: id as Workspace['id'],
  provider: 'scratch',
  name: id,
  baseUrl: null,
  settings: {},
  abilities: free,
  key: { configured: false, hint: null, locked: false },
  paused: false,
  textLimit: null,
  createdAt: Date.now() - 9e8,
  ...part,
});

export const lane = (workspaceId: string, part: Partial<Lane>): Lane => ({
  workspaceId: workspaceId as Lane['workspaceId'],
  workspaceName: workspaceId,
  provider: 'scratch',
  state: 'idle',
  reason: null,
  inFlight: 0,
  concurrency: 2,
  queued: 0,
  uncertain: 0,
  pausedUntil: null,
  ...part,
});

export const progress = (part: Partial<Render['progress']>): Render['progress'] => ({
  items: 0,
  units: 0,
  owned: 0,
  queued: 0,
  running: 0,
  uncertain: 0,
  asking: 0,
  succeeded: 0,
  failed: 0,
  cancelled: 0,
  spentCredits: 0,
  heldCredits: 0,
  perSecond: null,
  secondsLeft: null,
  ...part,
});

export const render = (id: string, part: Partial<Render>): Render => ({
  id: id as Render['id'],
  projectId: 'spring' as Render['projectId'],
  scriptId: 'spring-sale' as Render['scriptId'],
  title: 'Spring sale',
  state: 'done',
  purpose: 'render',
  takes: 1,
  budgetCredits: null,
  priority: 0,
  person: 'mara',
  machine: 'booth-2',
  createdAt: Date.now() - 40_000,
  finishedAt: null,
  progress: progress({}),
  errors: [],
  ...part,
});
