/** Who speaks in the open script, with the lines each can be heard with. */
import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { CastEntry, ProjectId, ScriptLine, VoiceSettings } from '#contract/entities.ts';
import type { Model, Voice } from '#contract/voices.ts';
import { useStudio } from '../../app/studio-context.ts';
import type { CastChanges } from '../../stores/cast-store.ts';
import type { Speech } from '../../stores/voice-sound.ts';

export interface RoleLine {
  readonly position: number;
  /** As the first variant says it, with its pauses. */
  readonly text: string;
  readonly direction: string | null;
  readonly settings: VoiceSettings;
}
export interface Role {
  readonly character: string;
  readonly entry: CastEntry | null;
  readonly lines: readonly RoleLine[];
}

/** Variables filled in with a row's values; the engine does the same with more care before anything is sent. */
export const filledIn = (text: string, values: Readonly<Record<string, string>>): string =>
  text
    .replace(
      /\{\{\s*([^{}|]+?)\s*(?:\|\s*"((?:[^"\\]|\\.)*)"\s*)?\}\}/g,
      (_, name: string, given?: string) => values[name] || (given ?? name.replaceAll('_', ' ')),
    )
    .replace(/\s+/g, ' ')
    .trim();
/** Without pauses, to be read. */
export const readable = (text: string): string =>
  text
    .replace(/\[\s*pause[^\]]*\]/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim();

export const rolesOf = (
  cast: readonly CastEntry[],
  lines: readonly ScriptLine[],
  values: Readonly<Record<string, string>>,
): readonly Role[] => {
  const names = new Set([...cast.map(({ character }) => character), ...lines.map(({ character }) => character)]);
  return [...names].map((character) => ({
    character,
    entry: cast.find((one) => one.character === character) ?? null,
    lines: lines
      .filter((line) => line.character === character)
      .map(({ position, text, direction, settings }) => ({
        position,
        text: filledIn(text, values),
        direction,
        settings,
      })),
  }));
};

const noValues: Readonly<Record<string, string>> = {};
export const useRoles = (): readonly Role[] => {
  const { script, variants } = useStudio();
  const values = useStore(variants, (state) => state.table?.variants[0]?.values) ?? noValues;
  const cast = useStore(script, (state) => state.checked?.cast);
  const lines = useStore(script, (state) => state.checked?.lines);
  return useMemo(() => rolesOf(cast ?? [], lines ?? [], values), [cast, lines, values]);
};

/** What a voice would say for a role: exactly the line that a render sends, so that it is paid for once. */
export const speechOf = (
  role: Pick<Role, 'entry'>,
  line: Pick<RoleLine, 'text' | 'direction' | 'settings'>,
  script: { readonly projectId: ProjectId | undefined; readonly language: string | null },
  voice: Voice,
): Speech => {
  const { entry } = role;
  const inSameWorkspace = entry?.voice.split('/')[0]?.trim() === voice.workspaceName;
  return {
    text: line.text,
    direction: line.direction,
    model: inSameWorkspace ? (entry?.model ?? null) : null,
    settings: {
      ...(script.language === null ? {} : { language: script.language }),
      ...entry?.settings,
      ...line.settings,
    },
    projectId: script.projectId,
  };
};

/** A voice for a role; the model and the settings stay where they still mean something. */
export const castingOf = ({ character, entry }: Role, voice: Voice, from: Voice | undefined): CastChanges => {
  const keepsSettings = entry === null || from?.provider === voice.provider;
  const model = entry?.model ?? null;
  const keepsModel =
    model === null ||
    (from?.workspaceId === voice.workspaceId && (voice.models.length === 0 || voice.models.includes(model)));
  return {
    [character]: {
      voice: voice.reference,
      ...(keepsModel ? {} : { model: null }),
      ...(keepsSettings ? {} : { settings: {} }),
    },
  };
};

/** The voice that a cast names by its id, its name or our alias. */
export const voiceNamed = (voices: readonly Voice[], reference: string | undefined): Voice | undefined => {
  if (reference === undefined) return undefined;
  const slash = reference.indexOf('/');
  const workspace = reference.slice(0, slash).trim();
  const said = reference.slice(slash + 1).trim();
  const own = voices.filter(({ workspaceName }) => workspaceName === workspace);
  return (
    own.find(({ voiceId }) => voiceId === said) ??
    own.find(({ name, availability }) => name === said && availability !== 'gone') ??
    own.find(({ alias }) => alias === said) ??
    own.find(({ name }) => name === said)
  );
};

/** The model that speaks: the cast's, else the workspace's own. */
export const modelOf = (models: readonly Model[], entry: CastEntry | null): Model | undefined =>
  models.find(({ modelId }) => modelId === entry?.model) ??
  models.find(({ isDefault }) => isDefault === true) ??
  (models.length === 1 ? models[0] : undefined);
