/** Where a review's sounds come from: what a script says now, or what one order held. */
import type { LineId, ProviderId, RecipeHash } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import { getScript } from '../database/scripts.ts';
import { pageRenderSounds } from '../database/reviews.ts';
import { createBoards, type Boards, type ScopeKey } from '../review/board.ts';
import { createScopeCollector, type Scope } from '../review/scope.ts';
import { createSlices } from '../review/slices.ts';
import { voiceKey } from '../scripts/forecast.ts';
import type { EngineContext } from './context.ts';
import { requireRender, requireScript } from './lookups.ts';
import { readyOrder } from './order.ts';

const page = 500;

const saidNow = async (context: EngineContext, { scriptId }: ScopeKey): Promise<Scope> => {
  const script = requireScript(context.ports.database, scriptId);
  const ready = await readyOrder(context, script, {
    scriptId,
    voices: {},
    voicesFrom: 'variants',
    takes: 1,
    retake: false,
  });
  const errors = ready.problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first !== undefined) {
    const more = errors.length === 1 ? '' : ` And ${errors.length - 1} more.`;
    throw new AppError(
      'script_has_errors',
      `What ${script.title} says now cannot be listed: ${first.message}${more} Its takes are kept. Mend the script, or review one of its renders.`,
      { action: { type: 'open-script', scriptId, line: first.line } },
    );
  }
  const names = new Map<string, string>();
  const collector = createScopeCollector();
  const pause = createSlices(context.ports.clock);
  for (const item of ready.items()) {
    const spoken = item.parts[0]?.recipe;
    const voice = spoken?.voice ?? '';
    const place = `${item.workspaceId}/${voice}`;
    const voiceName = names.get(place) ?? context.voices.voice(item.workspaceId, voice)?.name ?? voice;
    names.set(place, voiceName);
    collector.add({
      ...item,
      voice,
      voiceName,
      voiceKey: spoken === undefined ? voice : voiceKey(spoken),
      speaker: item.recipe.kind === 'speech' ? item.recipe : null,
      silenceMs: item.innerPauseMs,
    });
    await pause();
  }
  return collector.finish(script.title, ready.slotSeconds);
};

const saidInOrder = async (
  context: EngineContext,
  { renderId }: ScopeKey,
): Promise<{ readonly scope: Scope; readonly isFinal: boolean }> => {
  const { database, clock } = context.ports;
  const render = requireRender(database, renderId ?? '');
  const names = new Map(context.voices.all().map(({ provider, voiceId, name }) => [`${provider}/${voiceId}`, name]));
  const collector = createScopeCollector();
  const pause = createSlices(clock);
  let after = -1;
  for (;;) {
    const rows = pageRenderSounds(database, render.seq, after, page);
    for (const row of rows) {
      const { provider, model = null } = JSON.parse(row.canonical) as { provider?: ProviderId; model?: string | null };
      const speaker = provider === undefined ? null : { provider, voice: row.voice, model };
      collector.add({
        recipeHash: row.hash as RecipeHash,
        lineId: row.line_id as LineId | null,
        linePosition: row.line_position,
        character: row.character,
        text: row.text,
        voice: row.voice,
        voiceName: names.get(`${provider ?? ''}/${row.voice}`) ?? row.voice,
        voiceKey: speaker === null ? row.voice : voiceKey(speaker),
        speaker,
        // Of an earlier text nobody knows any more which of its pauses were inside, and which words the lexicon changed.
        silenceMs: 0,
        lexiconChanges: [],
        variant: row.variant,
        leadingPauseMs: row.leading_pause_ms,
        trailingPauseMs: row.trailing_pause_ms,
      });
    }
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.position;
    await pause();
  }
  const script = render.scriptId === null ? null : getScript(database, render.scriptId);
  return {
    scope: collector.finish(render.title, script?.slotSeconds ?? null),
    isFinal: render.state !== 'preparing',
  };
};

/** The engine's one set of review boards. */
export const createReviewDesk = (context: EngineContext): Boards =>
  createBoards(context.ports, async (key) =>
    key.renderId === null ? { scope: await saidNow(context, key), isFinal: true } : saidInOrder(context, key),
  );
