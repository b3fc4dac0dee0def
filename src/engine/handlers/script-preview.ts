/** What one variant says, line by line, beside its sound: asked for at every pause of the typing, so it works in slices. */
import type { LineId, SpeechRecipe, Variant, WorkspaceId } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import type { LinePreview } from '#contract/methods/script.ts';
import { getLineState, type LineStateRow } from '../database/line-states.ts';
import { listLexicon } from '../database/projects.ts';
import { countVariants, getVariantPlace, listLines, pageVariants } from '../database/scripts.ts';
import { listVoiceRates } from '../database/takes.ts';
import { listWorkspaces } from '../database/workspaces.ts';
import type { Handlers } from '../router.ts';
import { type ExpandInput, type IdentifiedLine, selectVariants, workspaceOf } from '../scripts/expansion.ts';
import { createForecaster, defaultWordsPerSecond, voiceKey } from '../scripts/forecast.ts';
import { compileLexicon } from '../scripts/lexicon.ts';
import { assignLineIds } from '../scripts/line-ids.ts';
import { createShareCount, kindKey, type LineKind, type LineOutlook, outlookLines } from '../scripts/line-outlooks.ts';
import { parseScript } from '../scripts/parse-script.ts';
import type { ParsedScript } from '../scripts/parsed-script.ts';
import type { EngineContext } from './context.ts';
import { requireScript } from './lookups.ts';

/** Longest work without letting others run, in ms. */
const sliceMs = 5;
/** Lists of voices may come later; the preview is asked again when they have. In ms. */
const voicePatienceMs = 300;
const variantsPerPage = 400;

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

const breather = ({ clock }: EngineContext['ports']) => {
  let started = clock.monotonic();
  return async (): Promise<void> => {
    if (clock.monotonic() - started < sliceMs) return;
    await clock.breathe();
    started = clock.monotonic();
  };
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

const variantOf = (context: EngineContext, scriptId: string, name: string | undefined) => {
  const { database } = context.ports;
  const count = countVariants(database, scriptId);
  if (count === 0) {
    const [only] = selectVariants([], undefined).variants;
    if (only === undefined) throw new AppError('internal', 'A script without a table has no variant.');
    return { variant: only, index: 0, count: 1 };
  }
  const place = getVariantPlace(database, scriptId, name ?? null) ?? getVariantPlace(database, scriptId, null);
  if (place === null) throw new AppError('not_found', 'The variants were changed meanwhile. Ask again.');
  return { ...place, count };
};

const kindsOf = (parsed: Pick<ParsedScript, 'lines'>): readonly LineKind[] => [
  ...new Map(parsed.lines.map((line) => [kindKey(line), line])).values(),
];

/** How many variants share each kind of line, a page of the table at a time. */
const countShares = async (
  context: EngineContext,
  scriptId: string,
  parsed: ParsedScript,
  shown: Variant,
  input: ExpandInput,
): Promise<ReadonlyMap<string, number>> => {
  const shares = createShareCount(kindsOf(parsed), shown, input);
  const breathe = breather(context.ports);
  let after = -1;
  for (;;) {
    const page = pageVariants(context.ports.database, scriptId, after, variantsPerPage);
    for (const variant of page) {
      shares.add(variant);
      await breathe();
    }
    const last = page.at(-1);
    if (last === undefined || page.length < variantsPerPage) break;
    after = last.row;
    await breathe();
  }
  return shares.counts();
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
    const states = new Map<string, LineStateRow | null>();
    const stateOfRecipe = (recipeHash: string): LineStateRow | null => {
      const known = states.get(recipeHash);
      if (known !== undefined) return known;
      const found = getLineState(database, recipeHash);
      states.set(recipeHash, found);
      return found;
    };
    const isPaid = (found: LineStateRow | null): boolean =>
      found !== null && (found.hasFirst || (found.job !== null && found.job !== 'failed'));
    const priceOf = (workspaceId: WorkspaceId, recipe: SpeechRecipe): number | null => {
      const seq = seqs.get(workspaceId);
      return seq === undefined ? null : context.queue.priceOf(seq, recipe);
    };
    return { stateOfRecipe, isPaid, priceOf };
  };

  return {
    'script.preview': async ({ scriptId, source, variant: name }) => {
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
      const { variant, index, count } = variantOf(context, row.id, name);
      await loadVoices(context, [...parsed.cast.map(({ voice }) => voice), ...Object.values(variant.voices)]);
      const input: ExpandInput = {
        lines,
        variables: parsed.variables,
        cast: parsed.cast,
        language: parsed.language,
        voices: {},
        variants: [variant],
        lexicon: compileLexicon(listLexicon(database, row.projectId), parsed.language),
        resolveVoice: remembered(context.voices.resolve),
        hash,
      };
      const shares = count === 1 ? null : await countShares(context, row.id, parsed, variant, input);
      const forecaster = createForecaster(listVoiceRates(database));
      const { stateOfRecipe, isPaid, priceOf } = pricesOf();
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
      for (const outlook of outlookLines(input, variant)) {
        shown.push(show(outlook));
        await breathe();
      }
      return {
        variant: variant.name,
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
