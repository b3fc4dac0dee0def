import type { ProjectId } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import type { Model, Voice } from '#contract/voices.ts';
import { listPalette, replacePalette } from '../database/voice-marks.ts';
import { getWorkspaceBySeq, type WorkspaceRow } from '../database/workspaces.ts';
import type { EngineContext } from './context.ts';
import { type CallContext, ProviderError, type ProviderModel, type SpeechProvider } from '../providers/provider.ts';
import { viewOf } from '../providers/workspace-view.ts';
import type { Handlers } from '../router.ts';
import { callContext } from '../voices/read-lists.ts';
import { createVoiceSearch, facetsOf, orderVoices } from '../voices/search.ts';
import { similarVoices } from '../voices/similar.ts';
import { requireProject, requireWorkspace } from './lookups.ts';

const clipsRemembered = 2000;

const showModel = (model: ProviderModel): Model => ({
  ...model,
  languages: [...model.languages],
  settings: [...model.settings],
});

export const voiceHandlers = (
  context: EngineContext,
): Pick<
  Handlers,
  | 'voice.list'
  | 'voice.refresh'
  | 'voice.models'
  | 'voice.mark'
  | 'voice.similar'
  | 'voice.impact'
  | 'voice.preview'
  | 'voice.library'
  | 'voice.libraryPreview'
  | 'voice.addFromLibrary'
  | 'palette.get'
  | 'palette.set'
> => {
  const { ports, providers, voices } = context;
  const { database, vault } = ports;
  const search = createVoiceSearch();
  /** Where the previews of library voices lie that were shown lately, by workspace and library id. */
  const shownClips = new Map<string, { readonly name: string; readonly previewUrl: string | null }>();

  const requireVoice = (row: WorkspaceRow, voiceId: string): Voice => {
    const voice = voices.voice(row.id, voiceId);
    if (voice !== null) return voice;
    throw new AppError('not_found', `"${row.name}" has no voice "${voiceId}". Nothing was changed.`);
  };
  const freeCall = async <T>(
    row: WorkspaceRow,
    call: (provider: SpeechProvider, context: CallContext) => Promise<T>,
  ): Promise<T> => {
    const provider = providers.get(row.provider);
    const signal = new AbortController().signal;
    try {
      return await call(provider, await callContext(vault, provider, viewOf(row, provider), signal));
    } catch (error) {
      if (error instanceof ProviderError) throw new AppError(error.code, error.message, { cause: error });
      throw error;
    }
  };
  const noLibrary = ({ title }: SpeechProvider): AppError =>
    new AppError(
      'not_found',
      `${title} has no public voice library that can be searched from here. Nothing was changed.`,
    );
  const palette = (projectId: ProjectId): Voice[] =>
    listPalette(database, projectId).flatMap(({ workspaceSeq, voiceId }) => {
      const row = getWorkspaceBySeq(database, workspaceSeq);
      return row === null ? [] : (voices.voice(row.id, voiceId) ?? []);
    });

  return {
    'voice.list': async ({ refresh, order, paletteOf, offset, limit, facets, ...filter }) => {
      const { workspaceId } = filter;
      const only = workspaceId === undefined ? undefined : requireWorkspace(database, workspaceId).name;
      if (refresh) await voices.load(only === undefined ? undefined : [only]);
      const all = voices.all();
      const members = paletteOf === undefined ? null : new Set(palette(paletteOf).map(({ reference }) => reference));
      const found = search(all, filter).filter(({ reference }) => members === null || members.has(reference));
      const catalogues = voices
        .states()
        .filter((state) => workspaceId === undefined || state.workspaceId === workspaceId);
      return {
        voices: orderVoices(found, order).slice(offset, limit === undefined ? undefined : offset + limit),
        total: found.length,
        facets: facets ? facetsOf(all) : {},
        catalogues,
        unavailable: catalogues.flatMap(({ workspaceId: id, message }) =>
          message === null ? [] : [{ workspaceId: id, message }],
        ),
      };
    },
    'voice.refresh': async ({ workspaceId }) => {
      const ids =
        workspaceId === undefined
          ? voices.states().map((state) => state.workspaceId)
          : [requireWorkspace(database, workspaceId).id];
      await voices.refresh(ids);
      return voices.states().filter((state) => ids.includes(state.workspaceId));
    },
    'voice.models': async ({ workspaceId, voiceId }) => {
      const row = requireWorkspace(database, workspaceId);
      await voices.load([row.name]);
      const provider = providers.get(row.provider);
      const ownDefault = provider.textRules(
        viewOf(row, provider),
        voiceId ?? '',
        null,
        voices.ratesOf(row.id, voiceId ?? ''),
      ).model;
      return voices
        .models(row.id, voiceId)
        .map((model) => ({ ...showModel(model), ...(model.modelId === ownDefault ? { isDefault: true } : {}) }));
    },
    'voice.mark': ({ workspaceId, voiceId, ...change }) =>
      voices.mark(requireVoice(requireWorkspace(database, workspaceId), voiceId), change),
    'voice.similar': ({ workspaceId, voiceId, limit }) =>
      similarVoices(requireVoice(requireWorkspace(database, workspaceId), voiceId), voices.all(), limit).map(
        ({ voice, reasons }) => ({ voice, reasons: [...reasons] }),
      ),
    'voice.impact': () => context.voiceImpact(),
    'voice.preview': async ({ workspaceId, voiceId, previewId }) => {
      const row = requireWorkspace(database, workspaceId);
      return { mediaId: await voices.preview(requireVoice(row, voiceId), previewId) };
    },
    'voice.library': async ({ workspaceId, ...query }) => {
      const row = requireWorkspace(database, workspaceId);
      return freeCall(row, async (provider, call) => {
        if (provider.library === undefined) throw noLibrary(provider);
        const { voices: found, hasMore } = await provider.library(call, query);
        for (const { libraryId, name, previewUrl } of found)
          shownClips.set(`${row.id}/${libraryId}`, { name, previewUrl });
        for (const oldest of shownClips.keys()) if (shownClips.size > clipsRemembered) shownClips.delete(oldest);
        const shown = found.map(({ previewUrl, ...voice }) => ({ ...voice, hasPreview: previewUrl !== null }));
        return { voices: shown, hasMore };
      });
    },
    'voice.libraryPreview': async ({ workspaceId, libraryId }) => {
      const row = requireWorkspace(database, workspaceId);
      const clip = shownClips.get(`${row.id}/${libraryId}`);
      if (clip !== undefined && clip.previewUrl !== null)
        return { mediaId: await voices.previewOfLibrary(row.id, { libraryId, name: clip.name, url: clip.previewUrl }) };
      throw new AppError(
        'not_found',
        clip === undefined
          ? 'This voice is not among those last searched for. Search the library again, then play it.'
          : `${clip.name} has no preview in the library.`,
      );
    },
    'voice.addFromLibrary': async ({ workspaceId, libraryId, name }) => {
      const row = requireWorkspace(database, workspaceId);
      const voiceId = await freeCall(row, async (provider, call) => {
        if (provider.addFromLibrary === undefined) throw noLibrary(provider);
        return provider.addFromLibrary(call, libraryId, name);
      });
      // A reading under way began before the voice was there.
      voices.forget(row.id);
      await voices.refresh([row.id]);
      return voices.added(row.id, voiceId, name);
    },
    'palette.get': ({ projectId }) => {
      requireProject(database, projectId);
      return palette(projectId);
    },
    'palette.set': ({ projectId, voices: wanted }) => {
      requireProject(database, projectId);
      const rows = wanted.map(({ workspaceId, voiceId }) => {
        const row = requireWorkspace(database, workspaceId);
        return { workspaceSeq: row.seq, voiceId: requireVoice(row, voiceId).voiceId };
      });
      const each = new Map(rows.map((entry) => [JSON.stringify(entry), entry]));
      database.transaction(() => replacePalette(database, projectId, [...each.values()]));
      context.publish('palette.changed', { projectId });
      return palette(projectId);
    },
  };
};
