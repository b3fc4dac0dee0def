/** Fills a new library: workspaces on the fakes, three months of history, and what deserves a look today. */
import { createDirectTransport } from '#client/direct.ts';
import { type Client, createClient } from '#client/index.ts';
import type { Workspace } from '#contract/entities.ts';
import { createEngine, type Engine, type EngineOptions } from '#engine/index.ts';
import { getWorkspace, saveLearning } from '#engine/database/workspaces.ts';
import type { Ports } from '#engine/ports.ts';
import { createRegistry } from '#engine/providers/registry.ts';
import type { MovableClock } from './movable-clock.ts';
import { campaignsOf, people, workspaceNames } from './past/campaigns.ts';
import { leaveQuestion } from './past/open-question.ts';
import { createPastWork } from './past/settle.ts';
import { createShelf } from './past/shelf.ts';
import { createVendorSide } from './past/vendor-side.ts';
import { pastDays, saveEdition, writePast } from './past/write.ts';
import type { DemoVendors } from './vendors.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

const addWorkspaces = async (client: Client, vendors: DemoVendors): Promise<readonly Workspace[]> => {
  const { chosen, elevenlabs, supertone } = vendors;
  const add = (
    provider: keyof typeof workspaceNames,
    server: { readonly baseUrl: string; readonly apiKey: string },
    settings: Workspace['settings'] = {},
  ): Promise<Workspace> =>
    client.call('workspace.add', {
      provider,
      name: workspaceNames[provider],
      baseUrl: server.baseUrl,
      key: server.apiKey,
      settings,
    });
  return [
    await add('chosen', chosen, { plan: 'pro', voices: 'Ava, Bruno, Clara, Dev' }),
    await add('elevenlabs', elevenlabs),
    await add('supertone', supertone, { plan: 'pro' }),
  ];
};

/** So that the credits run out a week before they are renewed. */
const shortenCredits = async (client: Client, vendors: DemoVendors, now: number): Promise<void> => {
  const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
  const { rows } = await client.call('usage.query', {
    from: dayOf(now - 14 * dayMs),
    to: dayOf(now),
    by: ['workspace'],
    source: 'ledger',
  });
  const perDay = (rows.find(({ provider }) => provider === 'elevenlabs')?.credits ?? 0) / 14;
  const used = vendors.elevenlabs.usedCredits();
  vendors.elevenlabs.change({ creditLimit: Math.ceil((used + perDay * 5) / 100) * 100 });
};

/** What people noted: favourites, palettes, budgets. */
const decorate = async (client: Client): Promise<void> => {
  const { voices } = await client.call('voice.list', { refresh: false });
  const named = (name: string) => voices.filter((voice) => voice.name === name);
  for (const { workspaceId, voiceId } of [...named('Nova'), ...named('Otto'), ...named('Juniper')])
    await client.call('voice.mark', { workspaceId, voiceId, favourite: true });
  for (const { workspaceId, voiceId } of named('Northwind House Voice'))
    await client.call('voice.mark', { workspaceId, voiceId, alias: 'House voice' });
  const projects = await client.call('project.list', {});
  const lakeside = projects.find(({ name }) => name.startsWith('Lakeside'));
  if (lakeside === undefined) return;
  await client.call('palette.set', {
    projectId: lakeside.id,
    voices: ['Nova', 'Mateo', 'Rowan'].flatMap(named).map(({ workspaceId, voiceId }) => ({ workspaceId, voiceId })),
  });
  await client.call('budget.set', {
    name: 'Lakeside season (demo)',
    projectId: lakeside.id,
    period: 'all',
    warnCredits: 5000,
    stopCredits: 60_000,
  });
  await client.call('budget.set', {
    name: 'Mara, a month (demo)',
    person: people[0],
    period: 'month',
    warnCredits: 20_000,
    stopCredits: 40_000,
  });
};

/** Ends with the clock at the real time. The library must be new. */
export const fillLibrary = async (
  ports: Ports,
  clock: MovableClock,
  vendors: DemoVendors,
  options: Pick<EngineOptions, 'machine' | 'version' | 'libraryPath'>,
): Promise<void> => {
  const now = clock.now();
  clock.standAt(now - (pastDays + 2) * dayMs);
  const engines = new Map<string, Engine>(
    people.map((person) => [person, createEngine(ports, { ...options, person })]),
  );
  const clients = new Map(
    [...engines].map(([person, { router }]) => [person, createClient(createDirectTransport(router))]),
  );
  const [lead, second] = people.map((person) => clients.get(person));
  if (lead === undefined || second === undefined) throw new Error('The demo needs two people.');
  const { database, http, compute, programs } = ports;
  const providers = createRegistry({ http, compute, programs, now: clock.now });
  try {
    const [chosen, ...others] = await addWorkspaces(lead, vendors);
    const campaigns = campaignsOf(vendors);
    const finish = createPastWork(
      ports,
      providers,
      createVendorSide(ports, vendors),
      createShelf(ports),
      clock.standAt,
    );
    const editions = await writePast({ vendors, clients, standAt: clock.standAt, finish }, campaigns, now);
    const row = chosen === undefined ? null : getWorkspace(database, chosen.id);
    if (row !== null)
      database.transaction(() =>
        saveLearning(database, row.seq, {
          creditsPerCharacter: 1,
          serviceMs: 900,
          serviceDeviationMs: 150,
          slotMs: 900,
        }),
      );

    for (const other of others) {
      const seq = getWorkspace(database, other.id)?.seq;
      if (seq === undefined) continue;
      database.transaction(() =>
        saveLearning(database, seq, {
          creditsPerCharacter: null,
          serviceMs: null,
          serviceDeviationMs: null,
          slotMs: 1400,
        }),
      );
    }

    const asked = now - 3 * hourMs;
    clock.standAt(asked);
    const spots = campaigns[1];
    const running = spots === undefined ? undefined : editions.get(spots);
    if (spots === undefined || running === undefined) throw new Error('The demo has no running campaign.');
    const { lines } = await second.call('script.get', { scriptId: running.scriptId });
    const single = await second.call('render.enqueue', {
      scriptId: running.scriptId,
      only: running.variants.slice(-1),
      lineIds: lines.slice(0, 1).map(({ id }) => id),
    });
    leaveQuestion(ports, providers, vendors, single.id, asked);

    clock.standAt(now - hourMs / 2);
    const next = await saveEdition(second, spots, 8);
    const waiting = await second.call('render.enqueue', { scriptId: next.scriptId, only: next.variants.slice(0, 2) });
    await second.call('render.pause', { renderId: waiting.id });
    clock.standAt(null);
    await shortenCredits(second, vendors, now);
    await decorate(lead);
  } finally {
    for (const engine of engines.values()) await engine.shutdown('park');
    for (const client of clients.values()) client.close();
    clock.standAt(null);
  }
  vendors.supertone.change({ serviceTimeMs: 500, requestsPerMinute: null });
};
