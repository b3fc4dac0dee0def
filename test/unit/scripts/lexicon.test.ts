import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileLexicon } from '#engine/scripts/lexicon.ts';

const entry = (word: string, say: string, more: { language?: string; caseSensitive?: boolean } = {}) => ({
  word,
  say,
  language: more.language ?? null,
  caseSensitive: more.caseSensitive ?? false,
});
const apply = (entries: readonly ReturnType<typeof entry>[], text: string, language: string | null = 'en-US') =>
  compileLexicon(entries, language).apply(text);

describe('a lexicon', () => {
  it.each([
    [
      'replaces whole words only',
      [entry('St', 'Street')],
      'St. Stanley St, best-St',
      'Street. Stanley Street, best-Street',
    ],
    [
      'knows letters of every script as parts of words',
      [entry('über', 'uber')],
      'Über überall, (über)',
      'uber überall, (uber)',
    ],
    ['keeps case where asked', [entry('US', 'U. S.', { caseSensitive: true })], 'US and us', 'U. S. and us'],
    [
      'takes the longest entry first',
      [entry('New York', 'NYC'), entry('York', 'Yorrick'), entry('New York Times', 'the Times')],
      'New York Times, New York, York',
      'the Times, NYC, Yorrick',
    ],
    ['never replaces a replacement', [entry('a', 'b'), entry('b', 'a')], 'a b', 'b a'],
    [
      'takes words that end in signs',
      [entry('C++', 'see plus plus'), entry('Dr.', 'Doctor')],
      'C++, Dr. No, Dr.No',
      'see plus plus, Doctor No, DoctorNo',
    ],
    ['does not stop inside an emoji or an accent', [entry('cafe', 'x'), entry('👩', 'woman')], 'café 👩', 'café woman'],
    ['reads a say as text, not as a pattern', [entry('x', '$& $1')], 'x', '$& $1'],
  ])('%s', (_, entries, text, expected) => {
    expect(apply(entries, text).text).toBe(expected);
  });
  it('counts what it changed', () => {
    expect(apply([entry('Nike', 'Nykee'), entry('x', 'y')], 'Nike, nike and Nike’s').changes).toEqual([
      { word: 'Nike', say: 'Nykee', count: 3 },
    ]);
  });
  it('holds entries of a language for its regions and not for others', () => {
    const entries = [
      entry('route', 'rowt', { language: 'en-US' }),
      entry('route', 'root', { language: 'en' }),
      entry('route', 'ruut'),
    ];
    expect(['en-US', 'en-GB', 'de', null].map((language) => apply(entries, 'route', language).text)).toEqual([
      'rowt',
      'root',
      'ruut',
      'ruut',
    ]);
  });
  it('prefers an entry that keeps case over one that does not', () => {
    expect(apply([entry('us', 'we'), entry('US', 'States', { caseSensitive: true })], 'US us').text).toBe('States we');
  });
  it('leaves a text alone that holds none of its words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(apply([entry('qqzzqq', 'no')], text.replaceAll(/q/giu, ''))).toEqual({
          text: text.replaceAll(/q/giu, ''),
          marked: null,
          changes: [],
        });
      }),
    );
  });
});
