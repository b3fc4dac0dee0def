/** Orders straight into a library's tables and out again, through the engine's own functions and no vendor. */
import type { RecipeHash, SpeechRecipe } from '#contract/entities.ts';
import type { Ports } from '#engine/ports.ts';
import { insertRender } from '#engine/database/renders.ts';
import { listWorkspaces } from '#engine/database/workspaces.ts';
import type { SpeechProvider } from '#engine/providers/provider.ts';
import { claimJobs, type ClaimOrder, type Claimed } from '#engine/queue/claim.ts';
import { createCommitGroup } from '#engine/queue/commit-group.ts';
import { fillRender, type OrderedItem } from '#engine/queue/enqueue.ts';
import { asTakeId, settleStored } from '#engine/queue/settle.ts';
import { canonicalJson } from '#engine/scripts/canonical-json.ts';
import type { Studio } from '#test/builders/studio.ts';

const account = 'bench';
const baseUrl = 'http://127.0.0.1:9';
/** About 50 words, as an ad's longer lines have them. */
const filler =
  'This week only, every lamp in the house is half price, the patio sets are down to forty nine pounds, and whoever comes before noon takes home a bag of potting soil for nothing. Terms apply. See in store for details.';
/** Credits a line costs here. */
const credits = 60;

/** What `fillRender` is given: `count` lines, each its own recipe. */
export function* orderedLines(ports: Pick<Ports, 'hash'>, workspaceSeq: number, count: number): Generator<OrderedItem> {
  for (let index = 0; index < count; index += 1) {
    const text = `Offer number ${index + 1}. ${filler}`;
    const recipe: SpeechRecipe = {
      kind: 'speech',
      provider: 'chosen',
      account,
      voice: 'Ava',
      model: null,
      language: null,
      text,
      settings: {},
      format: 'wav',
    };
    yield {
      variant: `v${index}`,
      lineId: 'line-1',
      linePosition: 1,
      character: 'NARRATOR',
      text,
      leadingPauseMs: 0,
      trailingPauseMs: 0,
      workspaceSeq,
      recipe,
      recipeHash: ports.hash.sha256().update(canonicalJson(recipe)).hex() as RecipeHash,
      parts: [{ recipe, recipeHash: '' as RecipeHash }],
    };
  }
}

export interface Bed {
  readonly workspaceSeq: number;
  readonly renderSeq: number;
}
/** A workspace and an empty render in a fresh library whose queue does not run. */
export const makeBed = async ({ client, ports, chosen }: Studio): Promise<Bed> => {
  await chosen({ baseUrl, key: 'bench-key-0123456789' });
  const project = await client.call('project.ensure', { name: 'Bench' });
  const { database, ids, clock } = ports;
  const renderSeq = database.transaction(() =>
    insertRender(database, {
      id: ids.next() as never,
      projectId: project.id,
      scriptId: null,
      scriptRevision: null,
      title: 'Bench',
      purpose: 'render',
      takes: 1,
      budgetCredits: null,
      priority: 0,
      person: 'bench',
      machine: 'bench',
      createdAt: clock.now(),
    }),
  );
  const workspaceSeq = listWorkspaces(database).find(({ name }) => name === 'chosen')?.seq ?? 0;
  return { workspaceSeq, renderSeq };
};
export const fill = (ports: Ports, bed: Bed, items: Iterable<OrderedItem>): Promise<unknown> =>
  fillRender(ports, bed.renderSeq, items, { takes: 1, retake: false, holdFor: () => credits });

const claimOrder = ({ ids, clock }: Ports, bed: Bed, limit: number): ClaimOrder => {
  const body = new TextEncoder().encode(JSON.stringify({ text: filler, voice: 'Ava' }));
  const provider = {
    abilities: { idempotencyKey: true, costUnit: 'credits' },
    account: () => account,
    request: () => ({ method: 'POST', url: `${baseUrl}/api/generations`, contentType: 'application/json', body }),
  } as unknown as SpeechProvider;
  const view = { id: 'bench', name: 'chosen', provider: 'chosen', baseUrl, settings: {} } as const;
  return {
    workspaceSeq: bed.workspaceSeq,
    view,
    provider,
    conditions: { baseUrl, keyFingerprint: 'bench', keyLifetimeMs: 3_600_000, now: clock.now() },
    claimId: ids.next(),
    limit,
    nextId: ids.next,
    secret: ids.secret,
  };
};

/**
 * Claims and settles until nothing is left, `slots` at a time: key, history row, charge and release in each job's commit.
 * When every slot waits nobody else can join, so the group is committed at once. Returns how many it settled.
 */
export const settleAll = async (
  ports: Ports,
  bed: Bed,
  slots: number,
  peaks: Uint8Array,
  atOf: (index: number) => number = ports.clock.now,
): Promise<number> => {
  const { database, clock, ids, hash } = ports;
  const group = createCommitGroup(database, clock);
  const settle = ({ job, generation }: Claimed, index: number): boolean => {
    const at = atOf(index);
    return settleStored(
      database,
      job,
      {
        take: {
          id: asTakeId(ids.next()),
          recipeId: job.recipeId,
          takeNo: job.takeNo,
          generationId: generation?.id ?? null,
          sha256: hash.sha256().update(job.hash).hex(),
          format: 'wav',
          bytes: 50_000,
          durationMs: 3000,
          sampleRate: 44_100,
          channels: 1,
          loudnessLufs: -20,
          truePeakDb: -3,
          suspect: null,
          createdAt: at,
          samplesPerPeak: 441,
          peaks,
        },
        generation:
          generation === null ? null : { id: generation.id, vendorId: `gen_${generation.id}`, chargedCredits: credits },
        rate: { voiceKey: 'chosen/Ava', words: 40, speed: 1 },
      },
      at,
    );
  };
  let settled = 0;
  let held: readonly Claimed[] = [];
  do {
    const done = held.map((claimed, index) => group.run('take', () => settle(claimed, settled + index)));
    const next = group.run('claim', () => claimJobs(database, claimOrder(ports, bed, slots)));
    group.flush();
    await Promise.all(done);
    settled += held.length;
    held = (await next).claimed;
  } while (held.length > 0);
  return settled;
};
