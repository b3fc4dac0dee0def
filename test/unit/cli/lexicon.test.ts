import { expect, it } from 'vitest';
import type { LexiconEntry } from '#contract/entities.ts';
import { mergeEntries, parseLexicon } from '#hosts/cli/commands/lexicon.ts';
import { createFakeStudio, createFakeTerminal, runFake } from './fake-studio.ts';

const entry = (word: string, say: string, change: Partial<LexiconEntry> = {}): LexiconEntry => ({
  word,
  say,
  language: null,
  caseSensitive: false,
  ...change,
});

it('reads word, say, language and case from a CSV', () => {
  expect(parseLexicon('\uFEFFWord;Say;Language;Case\nNguyen;nwin;en-US;yes\n\nGIF;jif;;\n')).toEqual([
    entry('Nguyen', 'nwin', { language: 'en-US', caseSensitive: true }),
    entry('GIF', 'jif'),
  ]);
  expect(parseLexicon('word,say\nGIF,jif\n')).toEqual([entry('GIF', 'jif')]);
});

it('names the rows that cannot be read', () => {
  expect(() => parseLexicon('word,say,language,case\n,nwin,,\nGIF,,,maybe\n')).toThrow(
    /row 1 has no word; row 2 has nothing to say and has a case/,
  );
  expect(() => parseLexicon('one,two\n1,2\n')).toThrow(/no column "word"/);
  expect(() => parseLexicon('')).toThrow(/no rows/);
});

it('puts a later entry for the same word in the place of the earlier one', () => {
  expect(mergeEntries([entry('gif', 'a'), entry('x', 'y')], [entry('GIF', 'b')])).toEqual([
    entry('GIF', 'b'),
    entry('x', 'y'),
  ]);
});

it('keeps entries of other languages', () => {
  expect(mergeEntries([entry('gif', 'a', { language: 'fr' })], [entry('gif', 'b')])).toHaveLength(2);
});

it('sets and removes one word of a project and leaves the others', async () => {
  let entries = [entry('GIF', 'jif')];
  const studio = createFakeStudio({
    'project.ensure': ({ name }) => ({ id: 'p1', name, createdAt: 0, scriptCount: 0 }),
    'lexicon.get': () => entries,
    'lexicon.set': (input) => {
      entries = input.entries;
      return entries;
    },
  });
  expect(await runFake(studio, createFakeTerminal(), ['lexicon', 'set', 'Nguyen', 'nwin', '--language', 'en'])).toBe(0);
  expect(entries).toEqual([entry('GIF', 'jif'), entry('Nguyen', 'nwin', { language: 'en' })]);
  expect(await runFake(studio, createFakeTerminal(), ['lexicon', 'set', 'gif', '--remove'])).toBe(0);
  expect(entries).toEqual([entry('Nguyen', 'nwin', { language: 'en' })]);
  expect(await runFake(studio, createFakeTerminal(), ['lexicon', 'set', 'gif'])).toBe(2);
  expect(studio.opened).toEqual(['edit', 'edit']);
});
