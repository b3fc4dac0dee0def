import type { Lexicon, LexiconChange } from './lexicon.ts';
import { isSpeakable } from './speakable.ts';
import { spokenText } from './spoken-text.ts';
import type { TextToken } from './text-tokens.ts';

/** A stretch of speech and the pause behind it, 0 where nothing follows. */
export interface Segment {
  readonly text: string;
  /** The text with marks for words that have phonemes; absent: it has none of them. */
  readonly marked?: string;
  readonly pauseMs: number;
}
export interface SpokenLine {
  readonly leadingPauseMs: number;
  readonly trailingPauseMs: number;
  /** Empty where the line has nothing to say; all its silence is then `leadingPauseMs`. */
  readonly segments: readonly Segment[];
  readonly lexiconChanges: readonly LexiconChange[];
}

/** Text with variables filled in, cut at the pauses. Values are text: braces and pauses inside them mean nothing. */
const cutAtPauses = (
  tokens: readonly TextToken[],
  value: (name: string, ownDefault: string | null) => string,
): readonly Segment[] => {
  const segments: Segment[] = [];
  let text = '';
  for (const token of tokens) {
    if (token.kind === 'text') text += token.raw;
    else if (token.kind === 'escape') text += token.text;
    else if (token.kind === 'variable') text += value(token.name, token.defaultValue);
    else {
      segments.push({ text, pauseMs: token.pauseMs });
      text = '';
    }
  }
  return [...segments, { text, pauseMs: 0 }];
};

/** Silence around a line, and its speech. Variables come before the lexicon; a full stop behind a pause joins the speech before it. */
export const speak = (
  tokens: readonly TextToken[],
  value: (name: string, ownDefault: string | null) => string,
  lexicon: Lexicon,
): SpokenLine => {
  const segments: { text: string; pauseMs: number }[] = [];
  let leadingPauseMs = 0;
  let silentText = '';
  for (const { text, pauseMs } of cutAtPauses(tokens, value)) {
    const clean = spokenText(text);
    const last = segments.at(-1);
    if (isSpeakable(clean)) {
      segments.push({ text: silentText + clean, pauseMs });
      silentText = '';
    } else if (last === undefined) {
      silentText += clean;
      leadingPauseMs += pauseMs;
    } else {
      if (/^[.,;:!?…]/u.test(clean)) last.text += clean;
      last.pauseMs += pauseMs;
    }
  }
  const changes = new Map<string, LexiconChange>();
  const spoken = segments.map(({ text, pauseMs }) => {
    const applied = lexicon.apply(text);
    for (const change of applied.changes) {
      const key = `${change.word}\0${change.say}`;
      changes.set(key, { ...change, count: change.count + (changes.get(key)?.count ?? 0) });
    }
    const marked = applied.marked === null ? {} : { marked: spokenText(applied.marked) };
    return { text: spokenText(applied.text), ...marked, pauseMs };
  });
  const last = spoken.at(-1);
  const trailingPauseMs = last?.pauseMs ?? 0;
  if (last !== undefined) last.pauseMs = 0;
  return { leadingPauseMs, trailingPauseMs, segments: spoken, lexiconChanges: [...changes.values()] };
};
