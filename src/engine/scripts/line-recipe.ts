import type { JoinedRecipe, SpeechRecipe, VoiceSettings } from '#contract/entities.ts';
import type { Hash } from '../ports.ts';
import type { TextRules } from '../providers/provider.ts';
import type { ExpandedItem, ExpandedPart, ResolvedVoice } from './expansion.ts';
import type { Lexicon } from './lexicon.ts';
import { writePhonemes } from './phonemes.ts';
import { recipeHash } from './recipe-hash.ts';
import { codePoints } from './spoken-text.ts';
import type { Segment } from './spoken-segments.ts';
import { type SplitAt, splitText } from './split-text.ts';

type LineRecipe = Pick<ExpandedItem, 'recipe' | 'recipeHash' | 'parts' | 'notSent' | 'settingsNotSent' | 'split'>;

interface Piece {
  readonly text: string;
  readonly gapAfterMs: number;
}

/** As few pieces as the limit allows; pauses inside a piece are written as markup, those between pieces are silence. */
const pack = (segments: readonly Segment[], limit: number, markup: TextRules['pauseMarkup']) => {
  const pieces: Piece[] = [];
  let by: SplitAt | null = null;
  for (const segment of segments) {
    const last = pieces.at(-1);
    const joined =
      last === undefined || markup === null || last.gapAfterMs === 0
        ? null
        : `${last.text} ${markup(last.gapAfterMs)} ${segment.text}`;
    if (joined !== null && codePoints(joined) <= limit) {
      pieces[pieces.length - 1] = { text: joined, gapAfterMs: segment.pauseMs };
      continue;
    }
    const cut = splitText(segment.text, limit);
    if (cut.pieces.length > 1) by = cut.by;
    pieces.push(
      ...cut.pieces.map((text, index) => ({ text, gapAfterMs: index === cut.pieces.length - 1 ? segment.pauseMs : 0 })),
    );
  }
  return { pieces, by };
};

const splitReason = (pieces: number, characters: number, by: SplitAt | null, rules: TextRules): string | null => {
  if (pieces === 1) return null;
  const format = (count: number) => count.toLocaleString('en-US');
  if (by !== null)
    return `${format(characters)} characters are over the limit of ${format(rules.limit ?? 0)}: sent in ${pieces} parts, split at ${by}.`;
  if (rules.pauseMarkup !== null)
    return `${format(characters)} characters are over the limit of ${format(rules.limit ?? 0)}: sent in ${pieces} parts, split at pauses.`;
  return `The model has no sign for a pause inside a line: sent in ${pieces} parts with silence between them.`;
};

/** The settings that the model takes. A `language` among them goes to the recipe's own field, before the script's. */
const chooseSettings = (settings: VoiceSettings, rules: TextRules, language: string | null) => {
  const isTaken = (name: string): boolean =>
    rules.settings.includes(name) || (name === 'join' && (rules.neighbours === true || settings['join'] === false));
  const taken = Object.entries(settings).filter(
    ([name]) => rules.settings.includes(name) && name !== 'language' && name !== 'join',
  );
  const asked = Object.hasOwn(settings, 'language') ? settings['language'] : undefined;
  return {
    settings: Object.fromEntries(taken),
    language: rules.settings.includes('language') ? (asked === undefined ? language : String(asked)) : null,
    notSent: Object.keys(settings).filter((name) => !isTaken(name)),
  };
};

export interface LineToSend {
  readonly segments: readonly Segment[];
  /** Of the lexicon that the segments were said with. */
  readonly marks: Lexicon['marks'];
  readonly direction: string | null;
  /** The cast's settings with the line's over them. */
  readonly settings: VoiceSettings;
  readonly language: string | null;
  readonly model: string | null;
  readonly voice: ResolvedVoice;
  /** What the same character says before and after, for a line marked *join*; null for others. */
  readonly neighbours: { readonly before: string | null; readonly after: string | null } | null;
}

/** What would be sent for a line, whole or in parts: the vendor's own names, never a local id. */
export const lineRecipe = (line: LineToSend, hash: Hash): LineRecipe => {
  const { view, provider, voiceId, rates } = line.voice;
  const rules = provider.textRules(view, voiceId, line.model, rates);
  const tag = line.direction === null ? null : (rules.directionMarkup?.(line.direction) ?? null);
  const prefix = tag === null || tag === '' ? '' : `${tag} `;
  const limit = rules.limit === null ? Number.POSITIVE_INFINITY : Math.max(1, rules.limit - codePoints(prefix));
  const write = (markup: TextRules['phonemeMarkup']) => {
    const pronounced = writePhonemes(line.segments, line.marks, markup, limit);
    return { pronounced, ...pack(pronounced.segments, limit, rules.pauseMarkup) };
  };
  const tagged = write(rules.phonemeMarkup);
  const isTorn = tagged.pieces.some(({ text }) => tagged.pronounced.isTorn(text));
  const { pronounced, pieces, by } = isTorn ? write(undefined) : tagged;
  const chosen = chooseSettings(line.settings, rules, line.language);
  const near = rules.neighbours === true ? line.neighbours : null;
  const parts = pieces.map(({ text }, index): ExpandedPart => {
    const plain: SpeechRecipe = {
      kind: 'speech',
      provider: provider.id,
      account: provider.account(view),
      voice: voiceId,
      model: rules.model,
      language: chosen.language,
      text: prefix + pronounced.finish(text),
      settings: chosen.settings,
      format: rules.format,
    };
    if (near === null) return { recipe: plain, recipeHash: recipeHash(hash, plain), plainHash: null };
    const before = pronounced.plain(pieces[index - 1]?.text) ?? near.before;
    const after = pronounced.plain(pieces[index + 1]?.text) ?? near.after;
    const context = {
      ...(before === null ? {} : { previous_text: before }),
      ...(after === null ? {} : { next_text: after }),
    };
    const recipe: SpeechRecipe = { ...plain, settings: { ...plain.settings, ...context } };
    return { recipe, recipeHash: recipeHash(hash, recipe), plainHash: recipeHash(hash, plain) };
  });
  const characters = line.segments.reduce((sum, { text }) => sum + codePoints(text), codePoints(prefix));
  const rest = {
    parts,
    notSent: tag === null ? line.direction : null,
    settingsNotSent: chosen.notSent,
    split: splitReason(pieces.length, characters, by, rules),
  };
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return { recipe: first.recipe, recipeHash: first.recipeHash, ...rest };
  const recipe: JoinedRecipe = {
    kind: 'joined',
    parts: parts.map((part, index) => ({ recipeHash: part.recipeHash, gapAfterMs: pieces[index]?.gapAfterMs ?? 0 })),
  };
  return { recipe, recipeHash: recipeHash(hash, recipe), ...rest };
};
