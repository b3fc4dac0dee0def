/**
 * Small orders, each leading through some part of the runner; and what they need of the vendor, the workspace and the ports.
 * Long, because it is one table: what each scenario does is read beside the others.
 */
import type { Render } from '#contract/entities.ts';
import type { Ports } from '#engine/ports.ts';
import type { Studio } from '#test/builders/studio.ts';
import type { GenerationsServerOptions } from '#hosts/demo/vendors/chosen/options.ts';
import { faultMixes } from '#hosts/demo/vendors/chosen/options.ts';
import { accountVoices } from '#hosts/demo/vendors/elevenlabs/voices.ts';
import type { ElevenLabsServerOptions } from '#hosts/demo/vendors/elevenlabs/options.ts';
import {
  debitLater,
  fullTwice,
  stumblingJoin,
  stumblingMeasure,
  stumblingVoice,
  unplayable,
} from './troubled-ports.ts';

export interface Scenario {
  readonly server: Partial<GenerationsServerOptions>;
  /** NARRATOR is at this vendor instead, which takes no keys and has a history. */
  readonly elevenLabs?: Partial<ElevenLabsServerOptions>;
  /** How many times faster than the wall. Default 10. */
  readonly speed?: number;
  readonly settings?: Readonly<Record<string, string | number | boolean>>;
  /** The spoken lines of order `n`, each with its character: NARRATOR is on Chosen, DRAFT on Scratch. */
  readonly lines: (order: number) => readonly string[];
  /** Orders it and does what people do meanwhile. Default: orders it and waits for its end. */
  readonly act?: (studio: Studio, enqueue: () => Promise<Render>) => Promise<void>;
  readonly over?: (ports: Ports) => Partial<Ports>;
  /** Texts with this word rightly end without a take. */
  readonly failingWord?: string;
}

const narrated =
  (count: number) =>
  (order: number): readonly string[] =>
    Array.from({ length: count }, (_, index) => `NARRATOR: Order ${order} has line ${index + 1} for you.`);

const { outage: _outage, ...roughly } = faultMixes.everything;

/** The first take of the library that comes after now. */
const nextTake = (studio: Studio) => studio.event('take.added', () => true);

export const updateSettings = async (studio: Studio, settings: Scenario['settings']): Promise<void> => {
  const workspaces = await studio.client.call('workspace.list', {});
  const chosen = workspaces.find(({ provider }) => provider === 'chosen');
  if (chosen !== undefined) {
    await studio.client.call('workspace.update', {
      workspaceId: chosen.id,
      settings: { ...chosen.settings, ...settings },
    });
  }
};

/** Texts that the vendor was paid for, told by itself. */
export const billedTexts = async (studio: Studio): Promise<ReadonlyMap<string, string>> => {
  const workspaces = await studio.client.call('workspace.list', {});
  const vendor = workspaces.find(({ provider }) => provider === 'elevenlabs');
  if (vendor === undefined) return new Map();
  const books = (await (await fetch(`${vendor.baseUrl ?? ''}/__ledger`)).json()) as {
    readonly generations: readonly { readonly id: string; readonly text: string }[];
  };
  return new Map(books.generations.map(({ id, text }) => [text, id]));
};

/**
 * Without keys a person looks into the vendor's own list: what is not there was not made and is paid for, the rest is
 * looked for again. Returns how many asked.
 */
export const decideByHistory = async (studio: Studio): Promise<number> => {
  const jobs = await studio.client.call('queue.list', { states: ['uncertain'], limit: 1000 });
  const billed = await billedTexts(studio);
  const asking = jobs.filter(({ resolution }) => resolution === 'ask');
  for (const { id, text } of asking) {
    const decision = billed.has(text) ? 'look_again' : 'pay_again';
    await studio.client.call('queue.resolve', { jobIds: [id], decision });
  }
  return asking.length;
};

/**
 * Answers whatever asks with "look again", or gives it up where the vendor rejected the second sending: that says nothing
 * about the first. Returns how many asked.
 */
export const lookAgain = async (studio: Studio): Promise<number> => {
  const jobs = await studio.client.call('queue.list', { states: ['uncertain'], limit: 1000 });
  const asking = jobs.filter(({ resolution }) => resolution === 'ask');
  const idsOf = (isRejected: boolean) =>
    asking.flatMap(({ id, error }) => ((error?.code === 'text_rejected') === isRejected ? [id] : []));
  const [rejected, open] = [idsOf(true), idsOf(false)];
  if (rejected.length > 0) await studio.client.call('queue.resolve', { jobIds: rejected, decision: 'give_up' });
  if (open.length > 0) await studio.client.call('queue.resolve', { jobIds: open, decision: 'resend' });
  return asking.length;
};

/** One of the fake account's. */
export const narratorVoice = accountVoices(0)[0]?.voiceId ?? '';
const seekingSettings = { concurrency: 3, format: 'wav_22050', timestamps: false } as const;
const passes = (studio: Studio, ms: number): Promise<void> =>
  new Promise((resolve) => studio.ports.clock.after(ms, resolve));

const patient: Scenario = {
  server: { mode: 'processing', serviceTimeMs: 40 * 60_000 },
  speed: 2000,
  lines: narrated(1),
  act: async (studio, enqueue) => {
    const render = await enqueue();
    await studio.settled(render.id);
    await lookAgain(studio);
    await studio.settled(render.id);
  },
};

export const scenarios = {
  plain: { server: {}, settings: { concurrency: 3 }, lines: narrated(6) },
  polled: {
    server: { mode: 'processing', faults: roughly },
    settings: { concurrency: 4 },
    lines: narrated(8),
  },
  rough: {
    server: { faults: roughly },
    settings: { concurrency: 4 },
    lines: narrated(8),
  },
  /** One line in three parts with a join, two free ones, two of one piece. */
  mixed: {
    server: {},
    settings: { concurrency: 3, textLimit: 60 },
    lines: (order) => [
      ...narrated(2)(order),
      `NARRATOR: Order ${order} begins with a first sentence. Then comes a second one of order ${order}. And a third ends order ${order}.`,
      `DRAFT: Draft ${order}.`,
      `DRAFT: Second draft ${order}.`,
    ],
  },
  many: { server: {}, settings: { concurrency: 3 }, lines: narrated(450) },
  unpriced: { server: {}, settings: { concurrency: 3 }, lines: narrated(6) },
  refusing: { server: { faults: { rateLimitSeconds: 1 } }, settings: { concurrency: 2 }, lines: narrated(4) },
  losing: { server: { faults: { errorAfter: 1 } }, settings: { concurrency: 3 }, lines: narrated(5) },
  'losing-then-refusing': {
    server: { faults: { errorAfter: 1, rateLimitSilent: 0.5 } },
    settings: { concurrency: 3 },
    lines: narrated(8),
  },
  rejecting: {
    server: {},
    settings: { concurrency: 2 },
    lines: (order) => [...narrated(3)(order), `NARRATOR: The unspeakable order ${order}.`],
    failingWord: 'unspeakable',
    act: async (studio, enqueue) => {
      const render = await enqueue();
      await studio.settled(render.id);
      await studio.client.call('render.retry', { renderId: render.id });
      await studio.settled(render.id);
    },
  },
  refunding: { server: { faults: { failed: 1 } }, settings: { concurrency: 2 }, lines: narrated(4) },
  asking: {
    server: { faults: { errorAfter: 1 } },
    settings: { concurrency: 3, keyLifetimeHours: 24 },
    lines: narrated(4),
    act: async (studio, enqueue) => {
      // The vendor is believed to have forgotten every key at once, so each lost answer is a question.
      await updateSettings(studio, { keyLifetimeHours: 1 });
      const render = await enqueue();
      await studio.settled(render.id);
      await updateSettings(studio, { keyLifetimeHours: 24 });
      while ((await lookAgain(studio)) > 0) await studio.settled(render.id);
    },
  },
  patient,
  /** Cancelled while nobody knew the outcome, and found to have failed later. */
  late: {
    ...patient,
    server: { ...patient.server, faults: { failed: 1 } },
    act: async (studio, enqueue) => {
      const render = await enqueue();
      await studio.settled(render.id);
      const found = studio.event('library.notice', ({ code }) => code === 'late_settled');
      await studio.client.call('queue.cancel', { renderId: render.id });
      await found;
    },
  },
  unplayable: {
    server: {},
    settings: { concurrency: 2 },
    lines: (order) => [
      ...narrated(2)(order),
      `NARRATOR: The broken order ${order}, which nobody can ever play to the end of it all.`,
    ],
    failingWord: 'broken',
    over: unplayable('broken'),
  },
  /** A fault of our own in the middle of a line that is paid for. */
  faulty: {
    server: {},
    settings: { concurrency: 2 },
    lines: narrated(3),
    over: stumblingMeasure,
  },
  /** The answer is the audio, and the disk takes it only at the third try. */
  'scratch-body-lost': {
    server: {},
    lines: (order) => [`DRAFT: Lost ${order}.`],
    over: fullTwice,
  },
  'scratch-failing': {
    server: {},
    lines: (order) => [`DRAFT: Again ${order}.`],
    over: stumblingVoice,
  },
  'join-failing': {
    server: {},
    settings: { concurrency: 3, textLimit: 60 },
    lines: (order) => [
      `NARRATOR: Order ${order} begins with a first sentence. Then comes a second one of order ${order}.`,
    ],
    over: stumblingJoin,
  },
  pausing: {
    server: {},
    settings: { concurrency: 1 },
    lines: narrated(8),
    act: async (studio, enqueue) => {
      const first = nextTake(studio);
      const render = await enqueue();
      await first;
      await studio.client.call('render.pause', { renderId: render.id });
      await studio.client.call('render.resume', { renderId: render.id });
      await studio.settled(render.id);
    },
  },
  /** An order that is put ahead of the others while it renders. */
  hurrying: {
    server: {},
    settings: { concurrency: 1 },
    lines: narrated(6),
    act: async (studio, enqueue) => {
      const first = nextTake(studio);
      const render = await enqueue();
      await first;
      await studio.client.call('render.prioritise', { renderId: render.id, priority: 10 });
      await studio.settled(render.id);
    },
  },
  /** A second script with half of the first one's lines, and its render paused while the second one's goes on. */
  sharing: {
    server: {},
    settings: { concurrency: 1 },
    lines: narrated(6),
    act: async (studio, enqueue) => {
      await studio.client.call('queue.pause', {});
      const first = await enqueue();
      const script = await studio.client.call('script.get', {
        scriptId: first.scriptId as NonNullable<typeof first.scriptId>,
      });
      const shared = script.lines.slice(3).map(({ text }) => `NARRATOR: ${text}`);
      const text = `---\ntitle: Twin\ncast:\n  NARRATOR: chosen/Ava\n---\n${shared.join('\n')}\n`;
      const twin = await studio.client.call('script.save', {
        projectId: script.projectId,
        path: 'twin.cue.txt',
        source: { kind: 'text', text },
      });
      const second = await studio.client.call('render.enqueue', { scriptId: twin.id });
      const take = nextTake(studio);
      await studio.client.call('queue.resume', {});
      await take;
      await studio.client.call('render.pause', { renderId: first.id });
      await studio.settled(second.id);
      await studio.client.call('render.resume', { renderId: first.id });
      await studio.settled(first.id);
    },
  },
  cancelling: {
    server: {},
    settings: { concurrency: 1 },
    lines: narrated(8),
    act: async (studio, enqueue) => {
      const first = nextTake(studio);
      const render = await enqueue();
      await first;
      await studio.client.call('render.cancel', { renderId: render.id });
      await studio.client.call('render.retry', { renderId: render.id });
      await studio.settled(render.id);
    },
  },
  seeking: {
    server: {},
    elevenLabs: { faults: { cutAfter: 1 }, historyDelayMs: 20_000 },
    speed: 100,
    settings: seekingSettings,
    lines: narrated(3),
  },
  'seeking-in-trouble': {
    server: {},
    elevenLabs: { faults: { cutAfter: 1, historyTrouble: 1 } },
    speed: 100,
    settings: seekingSettings,
    lines: narrated(3),
  },
  /** Headers seen, bodies cut: fetched by the ids that were committed before. */
  'cut-bodies': {
    server: {},
    elevenLabs: { faults: { headersThenCut: 1 } },
    speed: 100,
    settings: { ...seekingSettings, timestamps: true },
    lines: narrated(4),
  },
  /** The history is written so late that a person is asked, and recognises the calls there. */
  recognising: {
    server: {},
    elevenLabs: { faults: { cutAfter: 1 }, historyDelayMs: 2_000_000 },
    speed: 1000,
    settings: seekingSettings,
    lines: narrated(2),
    act: async (studio, enqueue) => {
      const render = await enqueue();
      await studio.settled(render.id);
      await passes(studio, 2_000_000);
      const ids = await billedTexts(studio);
      for (const job of await studio.client.call('queue.list', { states: ['uncertain'] })) {
        const vendorItemId = ids.get(job.text);
        if (vendorItemId !== undefined) await studio.client.call('queue.adopt', { jobId: job.id, vendorItemId });
      }
      await studio.settled(render.id);
    },
  },
  /** Given up, and then it shows in the history after all. */
  'given-up': {
    server: {},
    elevenLabs: { faults: { cutAfter: 1 }, historyDelayMs: 2_000_000 },
    speed: 1000,
    settings: seekingSettings,
    lines: narrated(1),
    act: async (studio, enqueue) => {
      const render = await enqueue();
      await studio.settled(render.id);
      const found = studio.event('library.notice', ({ code }) => code === 'late_settled');
      const asking = await studio.client.call('queue.list', { states: ['uncertain'] });
      await studio.client.call('queue.resolve', { jobIds: asking.map(({ id }) => id), decision: 'give_up' });
      await found;
    },
  },
  /** The vendor tells its debit only when the take is long there. */
  'debit-later': {
    server: {},
    speed: 100,
    settings: { concurrency: 2 },
    lines: narrated(2),
    over: debitLater,
  },
} as const satisfies Record<string, Scenario>;
export type ScenarioName = keyof typeof scenarios;
export const scenarioOf = (name: ScenarioName): Scenario => scenarios[name];
