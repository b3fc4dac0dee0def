import { describe, expect, it } from 'vitest';
import type { Problem } from '#contract/entities.ts';
import { parseScript } from '#engine/scripts/parse-script.ts';
import { castChange, fixesOf, type Known, type TextChange } from '#renderer/screens/scripts/fixes.ts';
import { frontMatterOf, nearestOf } from '#renderer/screens/scripts/script-text.ts';

const known: Known = { voices: ['scratch/slt', 'scratch/rms', 'eleven/Rachel'], columns: ['variant', 'city', 'day'] };
const applied = (source: string, change: TextChange | null | undefined): string =>
  change == null ? source : source.slice(0, change.from) + change.insert + source.slice(change.to);
const problemOf = (source: string, code: string): Problem => {
  const found = parseScript(source).problems.find((one) => one.code === code);
  if (found === undefined) throw new Error(`no ${code} in ${JSON.stringify(source)}`);
  return found;
};
/** The text after each of the fixes. */
const outcomes = (source: string, code: string, more: Partial<Problem> = {}): string[] =>
  fixesOf(source, { ...problemOf(source, code), ...more }, known)
    .filter(({ change }) => change !== null)
    .map(({ change }) => applied(source, change));

describe('a fix', () => {
  it.each([
    ['HOST: Come to {{city', 'variable_unclosed', 'HOST: Come to {{city}}'],
    ['HOST: [pause 5 min] Hi.', 'pause_syntax', 'HOST: [pause 500ms] Hi.'],
    ['HOST: [pause 90s] Hi.', 'pause_too_long', 'HOST: [pause 60s] Hi.'],
    ['HOST: {{a b c!}} Hi.', 'variable_syntax', 'HOST: \\{{a b c!}} Hi.'],
    ['HOST (warm: Hi.', 'direction_unclosed', 'HOST (warm): Hi.'],
    ['HOST: {{a|"x"}} and {{a|"y"}}.', 'variable_defaults_differ', 'HOST: {{a|"x"}} and {{a}}.'],
    ['---\ncast:\n  HOST: slt\n---\nHOST: Hi.', 'cast_voice_form', '---\ncast:\n  HOST: scratch/slt\n---\nHOST: Hi.'],
    [
      '---\ncast:\n  HOST: scratch/slt\n  GUEST: scratch/rms\n---\nHOST: Hi.',
      'cast_unused',
      '---\ncast:\n  HOST: scratch/slt\n---\nHOST: Hi.',
    ],
    [
      '---\ntitle: A\ncast:\n  HOST: scratch/slt\n\nHOST: Hi.',
      'front_matter_unclosed',
      '---\ntitle: A\ncast:\n  HOST: scratch/slt\n---\n\nHOST: Hi.',
    ],
    ['HOST: ...\nHOST: Hi.', 'line_silent', 'HOST: Hi.'],
  ])('of %j (%s) makes it %j', (source, code, wanted) => {
    expect(outcomes(source, code)[0]).toBe(wanted);
    if (code !== 'line_silent') expect(parseScript(wanted).problems.map((one) => one.code)).not.toContain(code);
  });

  it('casts somebody new, or says that it is no speaker', () => {
    const source = '---\ncast:\n  HOST: scratch/slt\n---\nHOST: Hi.\nNOTE: Call back.';
    expect(outcomes(source, 'character_not_cast')).toEqual([
      '---\ncast:\n  HOST: scratch/slt\n  NOTE: \n---\nHOST: Hi.\nNOTE: Call back.',
      '---\ncast:\n  HOST: scratch/slt\n---\nHOST: Hi.\n\\NOTE: Call back.',
    ]);
  });

  it('of a variable that no column fills names the nearest column, or gives a default', () => {
    const source = 'HOST: Come to {{citty}}.';
    const problem: Problem = {
      severity: 'warning',
      code: 'variable_unknown',
      message: '',
      line: 1,
      column: 15,
      endColumn: 24,
    };
    expect(fixesOf(source, problem, known).map(({ change }) => applied(source, change))).toEqual([
      'HOST: Come to {{city}}.',
      'HOST: Come to {{citty|""}}.',
      source,
    ]);
  });

  it('of an unknown voice puts in those that are most like it', () => {
    const source = '---\ncast:\n  HOST:\n    voice: eleven/Rachell # hers\n---\nHOST: Hi.';
    const problem: Problem = {
      severity: 'error',
      code: 'voice_unknown',
      message: 'HOST: "eleven" has no voice called "Rachell".',
      line: 6,
      column: null,
      endColumn: null,
    };
    expect(applied(source, fixesOf(source, problem, known)[0]?.change)).toBe(
      '---\ncast:\n  HOST:\n    voice: eleven/Rachel # hers\n---\nHOST: Hi.',
    );
  });
});

describe('casting in the text', () => {
  it.each([
    ['HOST: Hi.', '---\ncast:\n  HOST: a/b\n---\nHOST: Hi.'],
    ['---\ntitle: A\n---\n', '---\ntitle: A\ncast:\n  HOST: a/b\n---\n'],
    ['---\ncast:\n    GUEST: a/c\nslot: 30\n---\n', '---\ncast:\n    GUEST: a/c\n    HOST: a/b\nslot: 30\n---\n'],
    ['---\ncast:\n  HOST:\n---\n', '---\ncast:\n  HOST: a/b\n---\n'],
  ])('makes %j into %j', (source, wanted) => {
    const after = applied(source, castChange(source, 'HOST', 'a/b'));
    expect(after).toBe(wanted);
    expect(parseScript(after).cast.find(({ character }) => character === 'HOST')?.voice).toBe('a/b');
  });

  it('reads the head only where it is closed', () => {
    expect(frontMatterOf('---\ntitle: A\nHOST: Hi.')).toBeNull();
    expect(frontMatterOf('---\r\ncast:\r\n  HOST: a/b\r\n---\r\n')?.cast.map(({ name }) => name)).toEqual(['HOST']);
  });
});

it('finds names that are alike, best first, and none that are not', () => {
  expect(nearestOf('eleven/Rachell', known.voices, 2)).toEqual(['eleven/Rachel']);
  expect(nearestOf('xyz', known.voices, 2)).toEqual([]);
});
