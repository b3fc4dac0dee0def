/** How a script reads in the editor: who speaks, how, what varies, where it waits. */
import { HighlightStyle, StreamLanguage, type StringStream } from '@codemirror/language';
import { Tag } from '@lezer/highlight';

const tag = {
  frontMatter: Tag.define(),
  speaker: Tag.define(),
  direction: Tag.define(),
  override: Tag.define(),
  // Not `variable`: that name is an alias inside StreamLanguage.
  filledIn: Tag.define(),
  pause: Tag.define(),
  note: Tag.define(),
  heading: Tag.define(),
};

interface Reading {
  /** `start`: nothing but blank lines so far. */
  region: 'start' | 'frontMatter' | 'body';
  afterSpeaker: boolean;
}

const speaker =
  /^\s*[\p{Lu}\p{Lt}][\p{Lu}\p{Lt}\p{M}\p{N} _.'’&/#-]{0,39}?(?=\s*(?:\([^)]*\)\s*)?(?:\{[^}]*\}\s*)?:(?:\s|$))/u;

const readBody = (stream: StringStream, state: Reading): string | null => {
  if (stream.sol()) {
    state.afterSpeaker = false;
    if (stream.match(/^\s*\/\/.*/)) return 'note';
    if (stream.match(/^\s*#.*/)) return 'heading';
    if (stream.match(speaker)) {
      state.afterSpeaker = true;
      return 'speaker';
    }
  }
  if (state.afterSpeaker) {
    if (stream.eatSpace()) return null;
    if (stream.match(/^\([^)]*\)/)) return 'direction';
    if (stream.match(/^\{[^{}]*\}/)) return 'override';
    state.afterSpeaker = false;
    if (stream.match(/^:/)) return 'speaker';
  }
  if (stream.match(/^\\\{\{/)) return null;
  if (stream.match(/^\{\{[^}]*\}\}/)) return 'filledIn';
  if (stream.match(/^\[pause[^\]]*\]/i)) return 'pause';
  stream.next();
  stream.eatWhile(/[^{[\\]/);
  return null;
};

export const scriptLanguage = StreamLanguage.define<Reading>({
  name: 'cuebooth',
  startState: () => ({ region: 'start', afterSpeaker: false }),
  copyState: (state) => ({ ...state }),
  token: (stream, state) => {
    if (stream.sol() && state.region !== 'body') {
      const fence = stream.match(/^---\s*$/);
      if (fence) {
        state.region = state.region === 'start' ? 'frontMatter' : 'body';
        return 'frontMatter';
      }
      if (state.region === 'start' && stream.string.trim() !== '') state.region = 'body';
    }
    if (state.region === 'frontMatter') {
      stream.skipToEnd();
      return 'frontMatter';
    }
    return readBody(stream, state);
  },
  tokenTable: tag,
});

export const scriptHighlight = HighlightStyle.define([
  { tag: tag.frontMatter, class: 'cue-front-matter' },
  { tag: tag.speaker, class: 'cue-speaker' },
  { tag: tag.direction, class: 'cue-direction' },
  { tag: tag.override, class: 'cue-override' },
  { tag: tag.filledIn, class: 'cue-variable' },
  { tag: tag.pause, class: 'cue-pause' },
  { tag: tag.note, class: 'cue-note' },
  { tag: tag.heading, class: 'cue-heading' },
]);
