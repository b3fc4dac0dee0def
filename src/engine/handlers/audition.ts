/** One voice saying one text: what its audition sends, and therefore what it costs. */
import { AppError } from '#contract/errors.ts';
import type { ParsedInput } from '#contract/methods/index.ts';
import { listLexicon } from '../database/projects.ts';
import type { EngineContext } from './context.ts';
import { viewOf } from '../providers/workspace-view.ts';
import { compileLexicon, type Lexicon } from '../scripts/lexicon.ts';
import { lineRecipe } from '../scripts/line-recipe.ts';
import { type Segment, speak } from '../scripts/spoken-segments.ts';
import { spokenText } from '../scripts/spoken-text.ts';
import { readText } from '../scripts/text-tokens.ts';
import { requireProject, requireWorkspace } from './lookups.ts';

type Speech = ParsedInput<'voice.audition'>;

interface Said {
  readonly segments: readonly Segment[];
  /** Words with phonemes among them. */
  readonly marks: Lexicon['marks'];
}

const sayOf = (context: EngineContext, { text, projectId, settings }: Speech): Said => {
  if (projectId === undefined) {
    const spoken = spokenText(text);
    return { segments: spoken === '' ? [] : [{ text: spoken, pauseMs: 0 }], marks: new Map() };
  }
  const { database } = context.ports;
  requireProject(database, projectId);
  const language = settings['language'];
  const lexicon = compileLexicon(listLexicon(database, projectId), language === undefined ? null : String(language));
  const { tokens } = readText(text, { start: 0, line: 1, column: 1 });
  const { segments } = speak(tokens, (name, ownDefault) => ownDefault ?? name.replaceAll('_', ' '), lexicon);
  return { segments, marks: lexicon.marks };
};

/** Throws `not_found` for an unknown workspace, `invalid_input` for a text with nothing to say. */
export const auditionOf = (context: EngineContext, speech: Speech) => {
  const { ports, providers, voices } = context;
  const row = requireWorkspace(ports.database, speech.workspaceId);
  const provider = providers.get(row.provider);
  const { segments, marks } = sayOf(context, speech);
  if (segments.length === 0)
    throw new AppError('invalid_input', 'There is nothing to say in this text. Nothing was sent.');
  const { recipe, recipeHash, parts } = lineRecipe(
    {
      segments,
      marks,
      direction: speech.direction,
      settings: speech.settings,
      language: null,
      model: speech.model,
      voice: {
        workspaceId: row.id,
        view: viewOf(row, provider),
        provider,
        rates: voices.ratesOf(row.id, speech.voiceId),
        voiceId: speech.voiceId,
      },
      neighbours: null,
    },
    ports.hash,
  );
  return {
    row,
    isFree: provider.abilities.costUnit === 'free',
    voiceName: voices.voice(row.id, speech.voiceId)?.name ?? speech.voiceId,
    item: {
      variant: 'default',
      lineId: null,
      linePosition: 1,
      character: 'AUDITION',
      text: segments.map(({ text }) => text).join(' '),
      leadingPauseMs: 0,
      trailingPauseMs: 0,
      workspaceSeq: row.seq,
      recipe,
      recipeHash,
      parts,
    },
  };
};
