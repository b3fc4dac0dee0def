import type { Variant } from '#contract/entities.ts';
import { type ExpandInput, modelOf, type ResolvedVoice, type UnknownVoice, valueOf, voiceOf } from './expansion.ts';
import { type Problem, problem } from './problem.ts';
import { limitProblems } from './problem-limit.ts';
import { nearest } from './similarity.ts';

export interface CheckInput extends Omit<ExpandInput, 'lexicon' | 'hash'> {
  /** What parsing the script and its table said. */
  readonly scriptProblems: readonly Problem[];
  readonly variantProblems: readonly Problem[];
  /** Names in the order's `only` that no row has. */
  readonly unknownVariants: readonly string[];
  readonly allVariantNames: readonly string[];
  /** All voices that are known now, by reference and as a person would write them, to offer the nearest. */
  readonly knownVoices: () => readonly { readonly reference: string; readonly called: string }[];
}

const shownPerCode = 200;

const unknownVariantProblem = (name: string, known: readonly string[]): Problem => {
  const like = nearest(name, known, 3);
  const hint = like.length === 0 ? '' : ` Nearest: ${like.join(', ')}.`;
  return problem('error', 'variant_unknown', `No variant is called "${name}".${hint}`, { line: null });
};

/** Which voices are needed, by whom, and where that is asked for first. */
const neededVoices = (input: CheckInput) => {
  const characters = new Map(input.lines.toReversed().map((line) => [line.character, line]));
  const needed = new Map<
    string,
    { readonly character: string; readonly reference: string; readonly variant: Variant }
  >();
  const voiceless = new Map<string, Variant>();
  for (const variant of input.variants) {
    for (const character of characters.keys()) {
      const reference = voiceOf(character, variant, input);
      if (reference === null) {
        if (!voiceless.has(character)) voiceless.set(character, variant);
      } else if (!needed.has(`${character}\0${reference}`))
        needed.set(`${character}\0${reference}`, { character, reference, variant });
    }
  }
  return { characters, needed: [...needed.values()], voiceless };
};

/** A mistyped id and a mistyped name find the same voice, which is then called by its name. */
const nearestVoices = (wanted: string, known: ReturnType<CheckInput['knownVoices']>): readonly string[] => {
  const called = new Map(known.flatMap((voice) => [voice.reference, voice.called].map((name) => [name, voice.called])));
  const like = nearest(wanted, [...called.keys()], 6).map((name) => called.get(name) ?? name);
  return [...new Set(like)].slice(0, 3);
};

const checkSettings = (voice: ResolvedVoice, reference: string, character: string, input: CheckInput): Problem[] => {
  const { view, provider, voiceId, rates } = voice;
  const rules = provider.textRules(view, voiceId, modelOf(character, reference, input.cast), rates);
  const taken = new Set(rules.neighbours === true ? [...rules.settings, 'join'] : rules.settings);
  const called = rates.voice?.name ?? reference;
  const refused = (name: string, line: number | null): Problem =>
    problem('warning', 'setting_not_sent', `${character}: ${called} takes no "${name}"; it is not sent.`, { line });
  const fromCast = Object.keys(input.cast.find((entry) => entry.character === character)?.settings ?? {});
  const spoken = input.lines.filter((line) => line.character === character);
  return [
    ...fromCast.filter((name) => !taken.has(name)).map((name) => refused(name, null)),
    ...spoken.flatMap((line) =>
      Object.keys(line.settings)
        .filter((name) => !taken.has(name))
        .map((name) => refused(name, line.sourceLine)),
    ),
  ];
};

const checkVoices = (input: CheckInput): Problem[] => {
  const { characters, needed, voiceless } = neededVoices(input);
  const problems: Problem[] = [];
  for (const [character, variant] of voiceless) {
    const line = characters.get(character)?.sourceLine ?? null;
    const where = input.variants.length > 1 ? ` (first in variant ${variant.name})` : '';
    const message = `${character} has no voice${where}. Add ${character}: workspace/voice to the cast, or choose one for this order.`;
    problems.push(problem('error', 'voice_missing', message, { line }));
  }
  const resolved = new Map<string, ResolvedVoice | UnknownVoice>();
  for (const { character, reference, variant } of needed) {
    const voice = resolved.get(reference) ?? input.resolveVoice(reference);
    resolved.set(reference, voice);
    if (!('problem' in voice)) {
      problems.push(...checkSettings(voice, reference, character, input));
      continue;
    }
    const like = voice.isHelpful === true ? [] : nearestVoices(reference, input.knownVoices());
    const hint = like.length === 0 ? '' : ` Nearest: ${like.join(', ')}.`;
    const isRow = Object.hasOwn(variant.voices, character);
    const where = isRow ? `Row ${variant.row} (${variant.name}), ${character}` : character;
    const line = isRow ? null : (characters.get(character)?.sourceLine ?? null);
    problems.push(problem('error', 'voice_unknown', `${where}: ${voice.problem}${hint}`, { line }));
  }
  return problems;
};

/** Values without which a line cannot be said; the table may be older than the script. */
const checkValues = (input: CheckInput): Problem[] => {
  const defaults = new Map(input.variables.map(({ name, defaultValue }) => [name, defaultValue]));
  const needed = new Map<string, number>();
  for (const line of input.lines) {
    for (const token of line.tokens) {
      if (token.kind !== 'variable' || token.defaultValue !== null || (defaults.get(token.name) ?? null) !== null)
        continue;
      if (!needed.has(token.name)) needed.set(token.name, line.sourceLine);
    }
  }
  const problems: Problem[] = [];
  for (const variant of input.variants) {
    for (const [name, line] of needed) {
      if (valueOf(variant, name, null, defaults) !== null) continue;
      const hasTable = input.allVariantNames.length > 0;
      const message = hasTable
        ? `Row ${variant.row} (${variant.name}) has no value for "${name}", and {{${name}}} has no default.`
        : `{{${name}}} has no value: the script has no variants, and the variable has no default. Import a table, or write {{${name}|"..."}}.`;
      problems.push(problem('error', 'value_missing', message, { line: hasTable ? variant.row : line }));
    }
  }
  return problems;
};

/** A voice for somebody who does not speak would be left out without a word, and the cast's own be paid for. */
const checkCharacters = ({ voices, lines, allLines }: CheckInput): Problem[] => {
  const speakers = [...new Set((allLines ?? lines).map(({ character }) => character))];
  return Object.keys(voices)
    .filter((name) => !speakers.includes(name))
    .map((name) =>
      problem(
        'error',
        'character_unknown',
        `"${name}" does not speak in this script; ${speakers.length === 0 ? 'nobody does' : `those who do: ${speakers.join(', ')}`}.`,
        { line: null },
      ),
    );
};

/** Everything that stands in the way of a render, or is worth knowing, before a single line is queued. */
export const collectProblems = (input: CheckInput): readonly Problem[] => {
  const tableSays = new Set(
    input.variantProblems.filter(({ code }) => code === 'value_missing').map(({ line }) => line),
  );
  const values = checkValues(input).filter(({ line }) => !tableSays.has(line));
  const unknown = input.unknownVariants.map((name) => unknownVariantProblem(name, input.allVariantNames));
  const nothing =
    input.lines.length === 0
      ? [problem('error', 'nothing_to_say', 'There is no spoken line to render.', { line: null })]
      : [];
  const all = [
    ...checkCharacters(input),
    ...input.scriptProblems,
    ...input.variantProblems,
    ...unknown,
    ...nothing,
    ...checkVoices(input),
    ...values,
  ];
  return limitProblems(all, shownPerCode);
};
