/** What the filters can be set to. Sources and states stand in the rows alone: they are looked for at places all over the table, not in all of it. */
import type { ProviderId } from '#contract/entities.ts';
import type { HistoryChoices } from '#contract/history.ts';
import { listOrderers, samplePlaces, sourcesNear, statusesNear } from '../database/history-choices.ts';
import { listSpeakers } from '../database/history-speakers.ts';
import type { Clock, ReadableDatabase } from '../ports.ts';

const places = 24;
const rowsAtPlace = 250;
const byName = (a: string, b: string): number => a.localeCompare(b);

const sample = async (
  { database, clock }: { readonly database: ReadableDatabase; readonly clock: Pick<Clock, 'breathe'> },
  table: 'vendor_items' | 'history_entries',
  near: (database: ReadableDatabase, place: number, rows: number) => string[],
): Promise<string[]> => {
  const found = new Set<string>();
  for (const place of samplePlaces(database, table, places)) {
    for (const value of near(database, place, rowsAtPlace)) found.add(value);
    await clock.breathe();
  }
  return [...found].sort(byName);
};

export const findChoices = async (ports: {
  readonly database: ReadableDatabase;
  readonly clock: Pick<Clock, 'breathe'>;
}): Promise<HistoryChoices> => {
  const speakers = listSpeakers(ports.database);
  const voices = new Map(
    speakers.map(({ provider, voice, name }) => [
      `${provider} ${voice}`,
      { id: voice, name: name ?? voice, provider: provider as ProviderId },
    ]),
  );
  return {
    voices: [...voices.values()].sort((a, b) => byName(a.name, b.name)),
    models: [...new Set(speakers.map(({ model }) => model).filter((model) => model !== ''))].sort(byName),
    statuses: await sample(ports, 'history_entries', statusesNear),
    vendorSources: await sample(ports, 'vendor_items', sourcesNear),
    people: listOrderers(ports.database),
  };
};
