/**
 * The voices and models of all workspaces: kept in the library, so that they are there offline and at once, and read anew
 * when they are old. Expansion and the queue ask it for every line.
 */
import type { WorkspaceId } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import type { CatalogueState, Voice } from '#contract/voices.ts';
import type { Ports } from '../ports.ts';
import type { KnownRates, ProviderModel } from '../providers/provider.ts';
import type { ProviderRegistry } from '../providers/registry.ts';
import { unknownRates } from '../providers/unknown-rates.ts';
import type { Router } from '../router.ts';
import type { ResolveVoice } from '../scripts/expansion.ts';
import { createKeepFresh } from './keep-fresh.ts';
import { createPreviews } from './previews.ts';
import { createResolver } from './resolve-reference.ts';
import { createShelves } from './shelves.ts';
import { createSpeakingRates } from './speaking-rates.ts';

export interface VoiceCatalogue {
  /**
   * Reads the lists of these workspaces (all, when none are named) that are older than five minutes; waits for those that
   * were never read, and two seconds at most for the others. Returns which could not be read lately, and why.
   */
  load(names?: readonly string[]): Promise<readonly { readonly workspaceId: WorkspaceId; readonly message: string }[]>;
  /** Reads now, whatever their age. */
  refresh(workspaceIds: readonly string[]): Promise<void>;
  /** Voices that can be cast, from what is known. */
  list(): Voice[];
  /** Also those that are gone. */
  all(): Voice[];
  /** A voice that no list names has its id alone where the vendor lists none, or was never asked; else null. */
  voice(workspaceId: WorkspaceId, voiceId: string): Voice | null;
  /** The voice that a reference means, gone or not; null where none or several are. */
  find(reference: string): Voice | null;
  /** What was just added and may not be listed yet. */
  added(workspaceId: WorkspaceId, voiceId: string, name: string): Voice;
  /** Of the workspace, or those that the voice says it goes with. */
  models(workspaceId: WorkspaceId, voiceId?: string): readonly ProviderModel[];
  /** Media id of a preview, the voice's first unless one is named; fetched where it is not in the library yet. */
  preview(voice: Voice, previewId?: string): Promise<string>;
  /** The same of a voice that is in the vendor's library only. */
  previewOfLibrary(
    workspaceId: WorkspaceId,
    clip: { readonly libraryId: string; readonly name: string; readonly url: string },
  ): Promise<string>;
  /** Where a fetched preview lies in the library; null for any other id. */
  mediaOf(mediaId: string): { readonly path: string; readonly format: string } | null;
  states(): CatalogueState[];
  /** What is undefined stays. Throws `conflict` for an alias that another voice of the workspace has. */
  mark(voice: Voice, change: { readonly favourite?: boolean | undefined; readonly alias?: string | undefined }): Voice;
  readonly resolve: ResolveVoice;
  /** From memory. */
  readonly ratesOf: (workspaceId: string, voiceId: string) => KnownRates;
  /** The workspace has another key or host: its lists are read anew before they are next relied on. */
  forget(workspaceId: string): void;
  /** Ends what is being read. */
  stop(): void;
}

/** Without `publish` nobody is told. `readOnly`: what is read stays in memory. */
export const createVoiceCatalogue = (
  ports: Pick<Ports, 'database' | 'vault' | 'clock' | 'logger' | 'files' | 'hash' | 'http'>,
  providers: ProviderRegistry,
  publish: Router['publish'] = () => undefined,
  options: { readonly readOnly: boolean } = { readOnly: false },
): VoiceCatalogue => {
  const shelves = createShelves(ports, providers, options);
  const speaking = createSpeakingRates(ports.database, ports.clock);
  const fresh = createKeepFresh(ports, providers, shelves, publish);
  const ratesOf = (workspaceId: string, voiceId: string): KnownRates => {
    const found = shelves.find(workspaceId);
    if (found === null) return unknownRates;
    return {
      models: found.shelf.models,
      voice: found.shelf.find(voiceId)?.voice ?? null,
      secondsPerCharacter: speaking.of(found.provider, voiceId),
    };
  };
  const previews = createPreviews(ports, options);
  const removed = (): AppError =>
    new AppError('not_found', 'The workspace was removed meanwhile. Nothing was changed.');
  const isCastable = ({ availability }: Voice): boolean => availability !== 'gone';

  return {
    ...fresh,
    ...createResolver(ports.database, providers, shelves, ratesOf),
    ratesOf,
    all: shelves.all,
    list: () => shelves.all().filter(isCastable),
    voice: (workspaceId, voiceId) => {
      const row = shelves.row(workspaceId);
      return row === null ? null : shelves.view(row, voiceId);
    },
    added: (workspaceId, voiceId, name) => {
      const row = shelves.row(workspaceId);
      if (row === null) throw removed();
      return shelves.views(row).get(voiceId) ?? shelves.unlisted(row, voiceId, name);
    },
    models: (workspaceId, voiceId) => {
      const found = shelves.find(workspaceId);
      if (found === null) return [];
      const own = voiceId === undefined ? [] : (found.shelf.find(voiceId)?.voice.models ?? []);
      return found.shelf.models.filter(({ modelId }) => own.length === 0 || own.includes(modelId));
    },
    preview: async (voice, previewId) => {
      const row = shelves.row(voice.workspaceId);
      if (row === null) throw removed();
      const known = shelves.of(row).find(voice.voiceId)?.voice.previews ?? [];
      const preview = previewId === undefined ? known[0] : known.find((one) => one.previewId === previewId);
      if (preview !== undefined) return previews.fetch(row.seq, voice, preview);
      throw new AppError(
        'not_found',
        known.length === 0
          ? `${voice.name} has no preview. Audition it instead${voice.free ? '; that costs nothing' : ''}.`
          : `${voice.name} has no preview "${previewId}" (any more). Choose another one, or audition the voice.`,
      );
    },
    previewOfLibrary: async (workspaceId, { libraryId, name, url }) => {
      const row = shelves.row(workspaceId);
      if (row === null) throw removed();
      const preview = { previewId: 'library', url, language: null, style: null, model: null };
      return previews.fetch(row.seq, { voiceId: libraryId, name }, preview);
    },
    mediaOf: previews.mediaOf,
    states: () =>
      shelves.rows().map((row) => {
        const { readAt, message } = shelves.of(row);
        const voices = [...shelves.views(row).values()].filter(isCastable).length;
        return { workspaceId: row.id, workspaceName: row.name, voices, readAt, message };
      }),
    mark: (voice, { favourite, alias }) => {
      const row = shelves.row(voice.workspaceId);
      if (row === null) throw removed();
      const shelf = shelves.of(row);
      const name = alias === undefined ? voice.alias : alias.trim() || null;
      const taken = [...shelf.marks()].find(
        (mark) => mark.voiceId !== voice.voiceId && mark.alias?.toLowerCase() === name?.toLowerCase(),
      );
      if (name !== null && taken !== undefined) {
        throw new AppError(
          'conflict',
          `"${name}" is the alias of ${row.name}/${taken.voiceId} already. Nothing was changed. Choose another alias, or take that one away first.`,
        );
      }
      shelf.putMark({ voiceId: voice.voiceId, favourite: favourite ?? voice.favourite, alias: name });
      publish('voice.changed', { workspaceId: row.id });
      return shelves.view(row, voice.voiceId) ?? voice;
    },
  };
};
