/** What one variant says, line by line, beside its sound: asked for at every pause of the typing, so it works in slices. */
import type { LexiconEntry, LineId, SpeechRecipe, Variant, WorkspaceId } from '#contract/entities.ts';
import type { LinePreview } from '#contract/methods/script.ts';
import { type LineStateRow, listLineStates } from '../database/line-states.ts';
import { listLexicon } from '../database/projects.ts';
import { listLines } from '../database/scripts.ts';
import { listVoiceRates } from '../database/takes.ts';
import { listWorkspaces } from '../database/workspaces.ts';
import type { Handlers } from '../router.ts';
import { type ExpandInput, type IdentifiedLine, valueOf, workspaceOf } from '../scripts/expansion.ts';
import { createForecaster, defaultWordsPerSecond, voiceKey } from '../scripts/forecast.ts';
import { compileLexicon } from '../scripts/lexicon.ts';
import { assignLineIds } from '../scripts/line-ids.ts';
import { kindKey, type LineOutlook, type Memory, outlookLines } from '../scripts/line-outlooks.ts';
import { parseScript } from '../scripts/parse-script.ts';
import type { EngineContext } from './context.ts';
import { requireScript } from './lookups.ts';
import { breather, countShares, variantOf } from './preview-variants.ts';

/** Lists of voices may come later; the preview is asked again when they have. In ms. */
const voicePatienceMs = 300;
const linesPerLook = 100;
/** A person looks at one script, in a few variants to and fro. */
const rememberedVariants = 4;

interface Sums {
  seconds: number;
  lowSeconds: number;
  highSeconds: number;
  /** Null: a price is not known. */
  credits: number | null;
  actual: number;
  predicted: number;
  readonly learned: Map<string, number>;
  readonly priced: Set<string>;
}

const tenths = (seconds: number): number => Math.round(seconds * 10) / 10;
const hundredths = (seconds: number): number => Math.round(seconds * 100) / 100;

const bandNoteOf = ({ actual, predicted, learned }: Sums): string => {
  const lines = (count: number): string => `${count} ${count === 1 ? 'line' : 'lines'}`;
  if (predicted === 0) return actual === 0 ? 'Nothing is spoken.' : 'Measured: every line has its take.';
  const takes = [...learned.values()].reduce((sum, count) => sum + count, 0);
  const from =
    takes === 0
      ? `nothing is learned about these voices yet, ${defaultWordsPerSecond} words per second are assumed`
      : `learned from ${takes} takes of ${[...learned.values()].filter((count) => count > 0).length} of ${learned.size} voices`;
  return `${actual === 0 ? '' : `${lines(actual)} measured, `}${lines(predicted)} predicted: ${from}.`;
};

/** Loads what is not known, as long as a person at the keyboard waits for it. */
const loadVoices = async (context: EngineContext, references: readonly string[]): Promise<void> => {
  let endPatience: () => void = () => undefined;
  const patience = new Promise<void>((resolve) => {
    endPatience = context.ports.clock.after(voicePatienceMs, resolve);
  });
  const loaded = context.voices.load([...new Set(references.map(workspaceOf))]).then(
    () => undefined,
    () => undefined,
  );
  await Promise.race([loaded, patience]);
  endPatience();
};

const stateOf = (isProblem: boolean, found: LineStateRow | null): LinePreview['state'] => {
  if (isProblem) return 'problem';
  if (found === null) return 'fresh';
  if (found.job !== null && found.job !== 'failed') return found.job;
  if (found.takeId !== null) return 'owned';
  return found.job ?? 'fresh';
};

export const scriptPreviewHandlers = (context: EngineContext): Pick<Handlers, 'script.preview'> => {
  const { database, ids, hash } = context.ports;

  const pricesOf = () => {
    const seqs = new Map(listWorkspaces(database).map(({ id, seq }) => [id, seq]));
    const states = new Map<string, LineStateRow>();
    const stateOfRecipe = (recipeHash: string): LineStateRow | null => states.get(recipeHash) ?? null;
    /** Looks the recipes of these lines up at once. */
    const look = (outlooks: readonly LineOutlook[]): void => {
      const hashes = outlooks.flatMap(({ said }) =>
        said === null ? [] : [said.recipeHash, ...said.parts.map(({ recipeHash }) => recipeHash)],
      );
      for (const [recipeHash, found] of listLineStates(database, [...new Set(hashes)])) states.set(recipeHash, found);
    };
    const isPaid = (found: LineStateRow | null): boolean =>
      found !== null && (found.hasFirst || (found.job !== null && found.job !== 'failed'));
    const priceOf = (workspaceId: WorkspaceId, recipe: SpeechRecipe): number | null => {
      const seq = seqs.get(workspaceId);
      return seq === undefined ? null : context.queue.priceOf(seq, recipe);
    };
    return { look, stateOfRecipe, isPaid, priceOf };
  };

  const memories = new Map<string, Memory>();
  /** Of everything but the lines themselves: with any other lexicon, cast, voices or values nothing is remembered. */
  const memoryFor = (
    scriptId: string,
    input: ExpandInput,
    variant: Variant,
    entries: readonly LexiconEntry[],
  ): Memory => {
    const { cast, language, variables } = input;
    const voices = context.voices.states().map(({ workspaceId, readAt }) => [workspaceId, readAt]);
    const key = JSON.stringify([scriptId, variant, cast, language, variables, voices, entries]);
    const memory = memories.get(key) ?? (new Map() as Memory);
    memories.delete(key);
    memories.set(key, memory);
    const oldest = memories.keys().next().value;
    if (memories.size > rememberedVariants && oldest !== undefined) memories.delete(oldest);
    return memory;
  };

  return {
    'script.preview': async ({ scriptId, source, variant: name, index: wanted = 0 }) => {
      const row = requireScript(database, scriptId);
      const parsed = parseScript(source ?? row.source);
      const known = listLines(database, row.id);
      const lineIds =
        source === undefined || source === row.source
          ? known.map(({ id }) => id)
          : assignLineIds(known, parsed.lines, () => ids.next() as LineId);
      const lines = parsed.lines.flatMap((line, index): IdentifiedLine[] => {
        const id = lineIds[index];
        return id === undefined ? [] : [{ ...line, id }];
      });
      const { variant, index, count } = variantOf(context, row.id, name, wanted);
      await loadVoices(context, [...parsed.cast.map(({ voice }) => voice), ...Object.values(variant.voices)]);
      const entries = listLexicon(database, row.projectId);
      const input: ExpandInput = {
        lines,
        variables: parsed.variables,
        cast: parsed.cast,
        language: parsed.language,
        voices: {},
        variants: [variant],
        lexicon: compileLexicon(entries, parsed.language),
        resolveVoice: remembered(context.voices.resolve),
        hash,
      };
      const shares = count === 1 ? null : await countShares(context, row.id, parsed, variant, input);
      const forecaster = createForecaster(listVoiceRates(database));
      const { look, stateOfRecipe, isPaid, priceOf } = pricesOf();
      const sums: Sums = {
        seconds: 0,
        lowSeconds: 0,
        highSeconds: 0,
        credits: 0,
        actual: 0,
        predicted: 0,
        learned: new Map(),
        priced: new Set(),
      };
      const breathe = breather(context.ports);

      const timesOf = ({ said }: LineOutlook, actual: number | null) => {
        const recipe = said?.parts[0]?.recipe;
        if (said === null || recipe === undefined) return { seconds: null, low: null, high: null };
        const key = voiceKey(recipe);
        const predicted = forecaster.predict(key, said.text, recipe.settings);
        sums.learned.set(key, predicted.takes);
        const inner = said.innerPauseMs / 1000;
        const margin = (predicted.seconds * predicted.bandPercent) / 100;
        const times = { seconds: predicted.seconds + inner, low: predicted.seconds - margin + inner };
        const all = { ...times, high: predicted.seconds + margin + inner };
        sums.seconds += actual ?? all.seconds;
        sums.lowSeconds += actual ?? all.low;
        sums.highSeconds += actual ?? all.high;
        if (actual === null) sums.predicted += 1;
        else sums.actual += 1;
        return all;
      };
      const creditsOf = ({ said }: LineOutlook): number | null => {
        if (said === null || isPaid(stateOfRecipe(said.recipeHash))) return 0;
        let total: number | null = 0;
        for (const part of said.parts) {
          if (isPaid(stateOfRecipe(part.recipeHash))) continue;
          const price = priceOf(said.workspaceId, part.recipe);
          total = total === null || price === null ? null : total + price;
          if (sums.priced.has(part.recipeHash)) continue;
          sums.priced.add(part.recipeHash);
          sums.credits = sums.credits === null || price === null ? null : sums.credits + price;
        }
        return total;
      };
      const show = (outlook: LineOutlook): LinePreview => {
        const { line, said, voice, spoken, isSilent, leadingPauseMs, trailingPauseMs } = outlook;
        const found = said === null ? null : stateOfRecipe(said.recipeHash);
        const actual = found?.durationMs == null ? null : found.durationMs / 1000;
        const { seconds, low, high } = timesOf(outlook, actual);
        const silence = (leadingPauseMs + trailingPauseMs) / 1000;
        sums.seconds += silence;
        sums.lowSeconds += silence;
        sums.highSeconds += silence;
        return {
          lineId: line.id,
          linePosition: line.position,
          sourceLine: line.sourceLine,
          character: line.character,
          voice,
          spoken,
          leadingPauseMs,
          trailingPauseMs,
          seconds: seconds === null ? null : hundredths(seconds),
          lowSeconds: low === null ? null : hundredths(low),
          highSeconds: high === null ? null : hundredths(high),
          actualSeconds: actual === null ? null : hundredths(actual),
          credits: creditsOf(outlook),
          state: stateOf(said === null && !isSilent, found),
          verdict: found?.verdict ?? null,
          takeId: found?.takeId ?? null,
          recipeHash: said?.recipeHash ?? null,
          sharedBy: shares?.get(kindKey(line)) ?? 1,
        };
      };

      const shown: LinePreview[] = [];
      let waiting: LineOutlook[] = [];
      const flush = (): void => {
        look(waiting);
        for (const outlook of waiting) shown.push(show(outlook));
        waiting = [];
      };
      for (const outlook of outlookLines(input, variant, memoryFor(row.id, input, variant, entries))) {
        waiting.push(outlook);
        if (waiting.length >= linesPerLook) flush();
        await breathe();
      }
      flush();
      const defaults = new Map(parsed.variables.map((one) => [one.name, one.defaultValue]));
      return {
        variant: variant.name,
        values: Object.fromEntries(
          parsed.variables.map((one) => [one.name, valueOf(variant, one.name, null, defaults)]),
        ),
        index,
        variants: count,
        lines: shown,
        seconds: tenths(sums.seconds),
        lowSeconds: tenths(sums.lowSeconds),
        highSeconds: tenths(sums.highSeconds),
        slotSeconds: parsed.slotSeconds,
        bandNote: bandNoteOf(sums),
        credits: sums.credits,
      };
    },
  };
};

/** A voice is looked up once, however many lines it says. */
const remembered = (resolve: ExpandInput['resolveVoice']): ExpandInput['resolveVoice'] => {
  const known = new Map<string, ReturnType<ExpandInput['resolveVoice']>>();
  return (reference) => {
    const found = known.get(reference) ?? resolve(reference);
    known.set(reference, found);
    return found;
  };
};
