/** Which voice of a workspace a script means: by exact id, else by display name, else by our own alias. */
import type { Shelf } from './shelf.ts';

export type Match =
  | { readonly kind: 'voice'; readonly voiceId: string }
  /** The vendor lists it no more. */
  | { readonly kind: 'gone'; readonly voiceId: string }
  | { readonly kind: 'ambiguous'; readonly voiceIds: readonly string[] }
  | { readonly kind: 'unknown' };

/** An alias settles a name that several voices have. Voices that are gone are meant only where no other is. */
export const matchVoice = (shelf: Pick<Shelf, 'find' | 'named' | 'marks'>, said: string): Match => {
  const isGone = (voiceId: string): boolean => (shelf.find(voiceId)?.goneAt ?? null) !== null;
  const exact = shelf.find(said);
  if (exact !== undefined) return { kind: exact.goneAt === null ? 'voice' : 'gone', voiceId: said };
  const named = shelf.named(said);
  const aliased = [...shelf.marks()].filter(({ alias }) => alias === said).map(({ voiceId }) => voiceId);
  const choices = [named, aliased].map((voiceIds) => voiceIds.filter((voiceId) => !isGone(voiceId)));
  const [only] = choices.find((voiceIds) => voiceIds.length === 1) ?? [];
  if (only !== undefined) return { kind: 'voice', voiceId: only };
  const several = choices.find((voiceIds) => voiceIds.length > 1);
  if (several !== undefined) return { kind: 'ambiguous', voiceIds: several };
  const [gone] = [...named, ...aliased];
  return gone === undefined ? { kind: 'unknown' } : { kind: 'gone', voiceId: gone };
};
