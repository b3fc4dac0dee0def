/** A timing draft: Scratch speaks every part, each character in a voice of its own while there are enough. */
import type { Script, Workspace } from '#contract/entities.ts';
import type { Voice } from '#contract/voices.ts';

/** What Scratch always speaks with, should its list not be read yet. */
const plain = 'slt';

/** Null where there is no free workspace. */
export const draftVoices = (
  script: Pick<Script, 'cast' | 'lines'>,
  workspaces: readonly Workspace[],
  voices: readonly Pick<Voice, 'workspaceId' | 'voiceId' | 'reference'>[],
): Readonly<Record<string, string>> | null => {
  const free = workspaces.find(({ abilities }) => abilities.costUnit === 'free');
  if (free === undefined) return null;
  const own = voices.filter(({ workspaceId, voiceId }) => workspaceId === free.id && !voiceId.includes(':'));
  const references = own.length === 0 ? [`${free.name}/${plain}`] : own.map(({ reference }) => reference);
  const characters = new Set([
    ...script.cast.map(({ character }) => character),
    ...script.lines.map(({ character }) => character),
  ]);
  return Object.fromEntries(
    [...characters].map((character, at) => [character, references[at % references.length] ?? `${free.name}/${plain}`]),
  );
};
