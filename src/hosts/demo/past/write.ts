/** Three months of made-up work: orders on working days, in the names of three people, each done on the day. */
import type { RenderId, Script, ScriptId } from '#contract/entities.ts';
import type { Client } from '#client/index.ts';
import { fraction } from '../vendors/common/dice.ts';
import type { DemoVendors } from '../vendors.ts';
import { type Campaign, webAppTexts } from './campaigns.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
export const pastDays = 91;
const editionDays = 13;

export interface PastWorld {
  readonly vendors: DemoVendors;
  /** An unstarted studio of each person. */
  readonly clients: ReadonlyMap<string, Client>;
  standAt(at: number): void;
  /** Ends all lines of an order, and returns when. */
  finish(renderId: RenderId, from: number): Promise<number>;
}
interface Edition {
  readonly scriptId: ScriptId;
  readonly variants: readonly string[];
  next: number;
}

const clientOf = (world: PastWorld, person: string): Client => {
  const client = world.clients.get(person);
  if (client === undefined) throw new Error(`Nobody is called ${person}.`);
  return client;
};

export const saveEdition = async (client: Client, campaign: Campaign, edition: number): Promise<Edition> => {
  const { id: projectId } = await client.call('project.ensure', { name: campaign.project });
  const script: Script = await client.call('script.save', {
    projectId,
    path: `${campaign.path}-${String(edition).padStart(2, '0')}.cue.txt`,
    source: { kind: 'text', text: campaign.script(edition) },
  });
  const table = await client.call('variant.import', {
    scriptId: script.id,
    source: { kind: 'text', text: campaign.variants(edition) },
  });
  return { scriptId: script.id, variants: table.variants.map(({ name }) => name), next: 0 };
};

/** Items that colleagues made in the vendor's web app on that day. */
const addWebApp = (vendors: DemoVendors, day: number): void => {
  if (fraction(`web ${day}`) > 0.4) return;
  const text = webAppTexts[Math.floor(fraction(`text ${day}`) * webAppTexts.length)] ?? '';
  const voices = vendors.elevenlabs.voices();
  const voiceId = voices[Math.floor(fraction(`voice ${day}`) * voices.length)]?.voiceId ?? '';
  vendors.elevenlabs.addHistory([{ at: day + 8 * hourMs, text, voiceId }]);
};

/** `now`: the end of the past. Returns the running edition's script of each campaign. */
export const writePast = async (
  world: PastWorld,
  campaigns: readonly Campaign[],
  now: number,
): Promise<ReadonlyMap<Campaign, Edition>> => {
  const today = Math.floor(now / dayMs) * dayMs;
  const editions = new Map<Campaign, Edition & { readonly number: number }>();
  for (let back = pastDays; back >= 1; back -= 1) {
    const day = today - back * dayMs;
    addWebApp(world.vendors, day);
    const weekday = new Date(day).getUTCDay();
    const isWeekend = weekday === 0 || weekday === 6;
    const number = 1 + Math.floor((pastDays - back) / editionDays);
    let at = day + 9 * hourMs;
    for (const [index, campaign] of campaigns.entries()) {
      // By the distance from today and not by the date, so that every start of the demo has the same past.
      if (fraction(`works ${back} ${index}`) > (isWeekend ? campaign.chance / 6 : campaign.chance)) continue;
      const client = clientOf(world, campaign.person);
      world.standAt(at);
      let edition = editions.get(campaign);
      if (edition?.number !== number) {
        edition = { ...(await saveEdition(client, campaign, number)), number };
        editions.set(campaign, edition);
      }
      const count = 3 + Math.floor(fraction(`rows ${back} ${index}`) * 5);
      const only = edition.variants.slice(edition.next, edition.next + count);
      edition.next += count;
      if (only.length === 0) continue;
      const render = await client.call('render.enqueue', { scriptId: edition.scriptId, only: [...only] });
      at = (await world.finish(render.id, at + 2000)) + hourMs / 2;
    }
  }
  return editions;
};
