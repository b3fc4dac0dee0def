import { describe, expect, it } from 'vitest';
import { foldText, holdsAll, isEmptyQuery, parseQuery, wordsOf } from '#engine/history/query-words.ts';

describe('parseQuery', () => {
  it.each<[string, string[], string[][]]>([
    ['Spring sale', ['spring', 'sale'], []],
    ['spring spring', ['spring'], []],
    ["don't half-price", ['don', 't', 'half', 'price'], []],
    ['"Half price" lamps', ['lamps'], [['half', 'price']]],
    ['"one" two"three four', ['two'], [['one'], ['three', 'four']]],
    ['"" "..." ...', [], []],
    ['Düsseldorf ÉTÉ', ['dusseldorf', 'ete'], []],
    ['text:a AND b*', ['text', 'a', 'and', 'b'], []],
  ])('reads %s', (text, beginnings, phrases) => {
    expect(parseQuery(text)).toEqual({ beginnings, phrases });
  });

  it('knows when nothing was asked for', () => {
    expect(isEmptyQuery(parseQuery(' ,.- "" '))).toBe(true);
    expect(isEmptyQuery(parseQuery('a'))).toBe(false);
  });
});

describe('folding', () => {
  it('takes marks and case away and leaves syllables whole', () => {
    expect(foldText('ÄÖÜ naïve 한국어')).toBe('aou naive 한국어');
    expect(wordsOf('Half-price: 50% (only)')).toEqual(['half', 'price', '50', 'only']);
  });
});

describe('holdsAll', () => {
  const columns = [wordsOf('Half the price, half price lamps'), wordsOf('Rachel')];
  it.each([
    ['"half price"', true],
    ['"half lamps"', false],
    ['"half price lamps" rach', true],
    ['"lamps rachel"', false],
    ['lam rac', true],
    ['lamp sam', false],
  ])('%s: %s', (text, is) => {
    expect(holdsAll(columns, parseQuery(text))).toBe(is);
  });
});
