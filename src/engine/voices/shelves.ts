/** The shelves of all workspaces, each brought up from the library when it is first asked for. */
import type { Voice } from '#contract/voices.ts';
import { readUses, saveUses, usesReadUpTo } from '../database/voice-marks.ts';
import { getWorkspace, listWorkspaces, type WorkspaceRow } from '../database/workspaces.ts';
import type { Ports } from '../ports.ts';
import type { ProviderRegistry } from '../providers/registry.ts';
import { createShelf, type Shelf } from './shelf.ts';
import { bareVoice, showVoice, type VoiceOwner } from './show-voice.ts';

/** Jobs looked through for last uses at a time: about ten milliseconds. */
const jobsPerLook = 20_000;

export interface Shelves {
  /** Workspaces whose vendor this build can speak to. */
  rows(): WorkspaceRow[];
  row(workspaceId: string): WorkspaceRow | null;
  of(row: WorkspaceRow): Shelf;
  /** Without asking the library, once it was asked; null for a workspace that is not there. */
  find(workspaceId: string): { readonly provider: WorkspaceRow['provider']; readonly shelf: Shelf } | null;
  /** Whether a voice that is not in the list does not exist. */
  isComplete(row: WorkspaceRow): boolean;
  views(row: WorkspaceRow): ReadonlyMap<string, Voice>;
  /** A voice that no list names has its id alone, where there is no complete list; else null. */
  view(row: WorkspaceRow, voiceId: string): Voice | null;
  /** A voice that no list names (yet). */
  unlisted(row: WorkspaceRow, voiceId: string, name: string): Voice;
  /** Of all workspaces, also those that are gone. */
  all(): Voice[];
}

export const createShelves = (
  ports: Pick<Ports, 'database' | 'clock'>,
  providers: ProviderRegistry,
  options: { readonly readOnly: boolean },
): Shelves => {
  const { database, clock } = ports;
  const known = new Map<string, { readonly provider: WorkspaceRow['provider']; readonly shelf: Shelf }>();
  let usesUpTo: number | null = null;

  const hasList = (row: WorkspaceRow): boolean => providers.get(row.provider).abilities.voiceList;
  const rows = (): WorkspaceRow[] => listWorkspaces(database).filter((row) => providers.has(row.provider));
  const row = (workspaceId: string): WorkspaceRow | null => {
    const found = getWorkspace(database, workspaceId);
    return found !== null && providers.has(found.provider) ? found : null;
  };
  const entryOf = (owner: WorkspaceRow): { readonly provider: WorkspaceRow['provider']; readonly shelf: Shelf } => {
    const found = known.get(owner.id);
    if (found !== undefined) return found;
    const how = { workspaceSeq: owner.seq, hasList: hasList(owner), readOnly: options.readOnly };
    const entry = { provider: owner.provider, shelf: createShelf(database, how) };
    known.set(owner.id, entry);
    return entry;
  };
  const of = (owner: WorkspaceRow): Shelf => entryOf(owner).shelf;
  const ownerOf = (owner: WorkspaceRow): VoiceOwner => ({
    workspaceId: owner.id,
    workspaceName: owner.name,
    provider: owner.provider,
    free: providers.get(owner.provider).abilities.costUnit === 'free',
  });
  const isComplete = (owner: WorkspaceRow): boolean => hasList(owner) && of(owner).readAt !== null;

  /** Takes the last uses over from the jobs that came since, so that ordering a render costs nothing for them. */
  const readLastUses = (): void => {
    const after = usesUpTo ?? usesReadUpTo(database);
    const { upTo, uses } = readUses(database, after, jobsPerLook);
    usesUpTo = upTo;
    if (upTo === after) return;
    const bySeq = new Map(rows().map((owner) => [owner.seq, owner]));
    for (const { workspaceSeq, voiceId, at } of uses) {
      const owner = bySeq.get(workspaceSeq);
      if (owner !== undefined) of(owner).noteUse(voiceId, at);
    }
    if (!options.readOnly) database.transaction(() => saveUses(database, upTo, uses));
  };
  const views = (owner: WorkspaceRow): ReadonlyMap<string, Voice> => {
    readLastUses();
    return of(owner).views(ownerOf(owner), clock.now());
  };

  const unlisted = (owner: WorkspaceRow, voiceId: string, name: string): Voice => {
    const listed = { voice: { ...bareVoice(voiceId), name }, goneAt: null };
    return showVoice(ownerOf(owner), listed, of(owner).mark(voiceId), clock.now());
  };

  return {
    rows,
    row,
    of,
    find: (workspaceId) => {
      const found = known.get(workspaceId);
      if (found !== undefined) return found;
      const owner = row(workspaceId);
      return owner === null ? null : entryOf(owner);
    },
    isComplete,
    views,
    view: (owner, voiceId) =>
      views(owner).get(voiceId) ?? (isComplete(owner) ? null : unlisted(owner, voiceId, voiceId)),
    unlisted,
    all: () => rows().flatMap((owner) => [...views(owner).values()]),
  };
};
