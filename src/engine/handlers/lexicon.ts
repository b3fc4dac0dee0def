import type { LexiconEntry, LineId, ProjectId, RecipeHash, ScriptId } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import { listScripts, type ScriptRow } from '../database/scripts.ts';
import { getSound } from '../database/sounds.ts';
import { viewOf } from '../providers/workspace-view.ts';
import type { Handlers } from '../router.ts';
import { createExpander } from '../scripts/expand.ts';
import type { ExpandedItem } from '../scripts/expansion.ts';
import { compileLexicon } from '../scripts/lexicon.ts';
import { writePhoneme } from '../scripts/phonemes.ts';
import { spokenText } from '../scripts/spoken-text.ts';
import type { EngineContext } from './context.ts';
import { requireProject, requireScript, requireWorkspace } from './lookups.ts';
import { expansionOf, workspaceLookup } from './order.ts';

type Impact = MethodOutput<'lexicon.impact'>;

/** Longest work without letting others run, in ms. */
const sliceMs = 5;

interface Count {
  readonly words: Map<string, { readonly lines: Set<LineId>; readonly units: Set<RecipeHash> }>;
  readonly scripts: { readonly scriptId: ScriptId; readonly title: string; readonly lines: Set<LineId> }[];
  /** Sounds that are owned and would be replaced. */
  readonly lost: Set<RecipeHash>;
  readonly paid: Set<RecipeHash>;
  credits: number | null;
  unread: number;
}

const noteOf = ({ lost, credits, unread }: Count): string => {
  const price =
    lost.size === 0
      ? 'Nothing that is owned has to be rendered again.'
      : credits === null
        ? 'What it costs is not known until the vendor has charged for a first line.'
        : credits === 0
          ? 'Free: nothing is charged.'
          : 'From the prices seen so far; what the vendor charges counts.';
  if (unread === 0) return price;
  const scripts =
    unread === 1 ? '1 script cannot be spoken yet and is' : `${unread} scripts cannot be spoken yet and are`;
  return `${price} ${scripts} not counted.`;
};

export const lexiconHandlers = (context: EngineContext): Pick<Handlers, 'lexicon.impact' | 'lexicon.compile'> => {
  const { database, clock } = context.ports;

  const countScript = async (
    script: ScriptRow,
    entries: readonly LexiconEntry[],
    count: Count,
    breathe: () => Promise<void>,
  ): Promise<void> => {
    const { input, parsed } = await expansionOf(context, script, { voices: {} });
    const workspace = workspaceLookup(context);
    const sayNow = createExpander(input);
    const sayThen = createExpander({ ...input, lexicon: compileLexicon(entries, parsed.language) });
    const owned = new Map<RecipeHash, boolean>();
    const isOwned = (hash: RecipeHash): boolean => {
      const known = owned.get(hash) ?? getSound(database, hash).durationMs !== null;
      owned.set(hash, known);
      return known;
    };
    const touched = new Set<LineId>();
    const compare = (now: ExpandedItem | undefined, then: ExpandedItem): void => {
      for (const { word } of then.lexiconChanges) {
        const uses = count.words.get(word) ?? { lines: new Set(), units: new Set() };
        count.words.set(word, uses);
        uses.lines.add(then.lineId);
        uses.units.add(then.recipeHash);
      }
      if (now === undefined || now.recipeHash === then.recipeHash) return;
      touched.add(then.lineId);
      if (!isOwned(now.recipeHash) || isOwned(then.recipeHash)) return;
      count.lost.add(now.recipeHash);
      for (const { recipe, recipeHash } of then.parts) {
        if (count.paid.has(recipeHash) || isOwned(recipeHash)) continue;
        count.paid.add(recipeHash);
        const price = context.queue.priceOf(workspace(then.workspaceId).seq, recipe);
        count.credits = count.credits === null || price === null ? null : count.credits + price;
      }
    };
    let isRead = false;
    for (const variant of input.variants) {
      try {
        // The same lines are spoken in both, for a word is said differently and never taken away.
        const then = sayThen(variant);
        for (const now of sayNow(variant)) {
          const next = then.next();
          if (next.done !== true) compare(now, next.value);
          await breathe();
        }
        isRead = true;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
      }
    }
    if (!isRead && input.variants.length > 0) count.unread += 1;
    if (touched.size > 0) count.scripts.push({ scriptId: script.id, title: script.title, lines: touched });
  };

  const impactOf = async (projectId: ProjectId, entries: readonly LexiconEntry[]): Promise<Impact> => {
    const count: Count = { words: new Map(), scripts: [], lost: new Set(), paid: new Set(), credits: 0, unread: 0 };
    let started = clock.monotonic();
    const breathe = async (): Promise<void> => {
      if (clock.monotonic() - started < sliceMs) return;
      await clock.breathe();
      started = clock.monotonic();
    };
    for (const { id } of listScripts(database, projectId))
      await countScript(requireScript(database, id), entries, count, breathe);
    return {
      words: [...count.words].map(([word, { lines, units }]) => ({ word, lines: lines.size, units: units.size })),
      scripts: count.scripts.map(({ lines, ...script }) => ({ ...script, lines: lines.size })),
      units: count.lost.size,
      credits: count.credits,
      note: noteOf(count),
    };
  };

  return {
    'lexicon.impact': ({ projectId, entries }) => {
      requireProject(database, projectId);
      return impactOf(projectId, entries);
    },
    'lexicon.compile': ({ entry, workspaceId, voiceId, model }) => {
      const row = requireWorkspace(database, workspaceId);
      const provider = context.providers.get(row.provider);
      const rules = provider.textRules(viewOf(row, provider), voiceId, model, context.voices.ratesOf(row.id, voiceId));
      const word = spokenText(entry.word);
      const say = spokenText(entry.say);
      const phonemes = entry.phonemes ?? null;
      if (phonemes === null) return { text: say, how: 'alias', note: '' };
      const tag = writePhoneme({ word, phonemes }, rules.phonemeMarkup);
      if (tag !== null) return { text: tag, how: phonemes.alphabet, note: '' };
      const called = rules.model ?? provider.title;
      const note =
        rules.phonemeMarkup === undefined
          ? `${called} takes no phonemes: "${say}" is said.`
          : `${called} takes phonemes for single words only: "${say}" is said.`;
      return { text: say, how: 'alias', note };
    },
  };
};
