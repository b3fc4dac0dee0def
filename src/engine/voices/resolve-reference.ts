/** From `workspace/voice`, as scripts write it, to the voice that is meant, or words that say why there is none. */
import type { Voice } from '#contract/voices.ts';
import { getWorkspaceByName, type WorkspaceRow } from '../database/workspaces.ts';
import type { ReadableDatabase } from '../ports.ts';
import type { KnownRates } from '../providers/provider.ts';
import type { ProviderRegistry } from '../providers/registry.ts';
import { viewOf } from '../providers/workspace-view.ts';
import type { ResolveVoice } from '../scripts/expansion.ts';
import { matchVoice } from './match-voice.ts';
import type { Shelves } from './shelves.ts';
import { similarVoices } from './similar.ts';

const replacementsNamed = 3;
const choicesNamed = 5;

type Place = { readonly row: WorkspaceRow; readonly said: string } | { readonly problem: string };

export const createResolver = (
  database: ReadableDatabase,
  providers: ProviderRegistry,
  shelves: Shelves,
  ratesOf: (workspaceId: string, voiceId: string) => KnownRates,
): {
  readonly resolve: ResolveVoice;
  /** The voice that is meant, gone or not; null where none or several are. */
  readonly find: (reference: string) => Voice | null;
} => {
  const placeOf = (reference: string): Place => {
    const slash = reference.indexOf('/');
    const name = reference.slice(0, Math.max(0, slash)).trim();
    const said = reference.slice(slash + 1).trim();
    if (slash < 0 || name === '' || said === '')
      return { problem: `"${reference}" is not a voice. Write workspace/voice.` };
    const row = getWorkspaceByName(database, name);
    if (row === null) return { problem: `There is no workspace called "${name}".` };
    if (!providers.has(row.provider))
      return { problem: `This version of Cuebooth cannot speak to ${row.provider} yet.` };
    return { row, said };
  };

  const goneProblem = (row: WorkspaceRow, voiceId: string): string => {
    const gone = shelves.view(row, voiceId);
    const called = gone === null || gone.name === voiceId ? '' : ` (${gone.name})`;
    const nearest = gone === null ? [] : similarVoices(gone, shelves.all(), replacementsNamed);
    const instead =
      nearest.length === 0
        ? ''
        : ` Most like it: ${nearest.map(({ voice }) => `${voice.name} (${voice.reference})`).join(', ')}.`;
    return `The voice "${row.name}/${voiceId}"${called} is gone: its vendor does not list it any more.${instead}`;
  };

  return {
    resolve: (reference) => {
      const place = placeOf(reference);
      if ('problem' in place) return place;
      const { row, said } = place;
      const match = matchVoice(shelves.of(row), said);
      if (match.kind === 'gone') return { problem: goneProblem(row, match.voiceId), isHelpful: true };
      if (match.kind === 'ambiguous') {
        const choices = match.voiceIds.slice(0, choicesNamed).map((voiceId) => `${row.name}/${voiceId}`);
        return {
          problem: `"${row.name}" has ${match.voiceIds.length} voices called "${said}". Write the id, such as ${choices.join(' or ')}, or give one of them an alias.`,
        };
      }
      if (match.kind === 'unknown' && shelves.isComplete(row)) {
        return {
          problem: `"${row.name}" has no voice called "${said}". If it was added just now, read the voices anew.`,
        };
      }
      const voiceId = match.kind === 'voice' ? match.voiceId : said;
      const provider = providers.get(row.provider);
      return { workspaceId: row.id, view: viewOf(row, provider), provider, rates: ratesOf(row.id, voiceId), voiceId };
    },
    find: (reference) => {
      const place = placeOf(reference);
      if ('problem' in place) return null;
      const match = matchVoice(shelves.of(place.row), place.said);
      if (match.kind === 'ambiguous') return null;
      return shelves.view(place.row, match.kind === 'unknown' ? place.said : match.voiceId);
    },
  };
};
