import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  collisionKey,
  defaultTemplate,
  nameFiles,
  parseTemplate,
  safeSegment,
  type NamedItem,
} from '#hosts/cli/out/naming.ts';

const item = (change: Partial<NamedItem> = {}): NamedItem => ({
  title: 'Spring sale',
  project: 'Default',
  variant: 'Lyon',
  linePosition: 3,
  character: 'ANNOUNCER',
  takeNo: 1,
  extension: 'wav',
  ...change,
});
const named = (template: string, ...items: NamedItem[]): string[] => nameFiles(parseTemplate(template), items, 12);

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constantFrom(
    '..',
    '.',
    '',
    '/',
    '\\',
    '../../etc/passwd',
    'C:\\x',
    'CON',
    'con.txt',
    'nul',
    'LPT1',
    'a.',
    'a ',
    '-rf',
    '.hidden',
    'é',
    'e\u0301',
    'É',
    'ß',
    'SS',
    'ﬁ',
    'fi',
    'x'.repeat(400),
    '\ud800',
    '{line}',
    'a~b',
  ),
);
const anyItem = fc.record({
  title: nasty,
  project: nasty,
  variant: nasty,
  linePosition: fc.integer({ min: 1, max: 3 }),
  character: nasty,
  takeNo: fc.integer({ min: 1, max: 3 }),
  extension: fc.oneof(fc.constantFrom('wav', 'mp3', '../x', ''), nasty),
});
const anyTemplate = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '{title}',
        '{project}',
        '{variant}',
        '{line}',
        '{character}',
        '{take}',
        '/',
        '..',
        '../',
        '_',
        '\\',
        'CON',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((pieces) => `n${pieces.join('')}`)
  .filter((template) => !/\{(?!(title|project|variant|line|character|take)\})[^{}]*\}/.test(template));

describe('file names of --out', () => {
  it('follow the default template, with the line padded so that names sort', () => {
    expect(named(defaultTemplate, item())).toEqual(['Spring sale_Lyon_03_ANNOUNCER_take1.wav']);
  });

  it('put folders where the template has slashes, and never where a value has them', () => {
    expect(named('{variant}/{line}_{character}', item({ variant: 'a/b' }))).toEqual(['a-b/03_ANNOUNCER.wav']);
  });

  it('refuse a placeholder that does not exist, and name those that do', () => {
    expect(() => parseTemplate('{tittle}')).toThrow(/no placeholder \{tittle\}.*\{title\}/);
    expect(() => parseTemplate('')).toThrow(/empty/);
  });

  it.each(['CON', 'con', 'nul', 'COM1', 'lpt9', 'AUX.txt', 'Prn .x', 'com¹'])(
    'do not use the device name %s',
    (name) => {
      expect(safeSegment(name)).toBe(`_${name}`);
    },
  );

  it('mark every file of a group whose names meet, so that none depends on which came first', () => {
    const [lyon, paris] = named('{line}', item({ variant: 'Lyon' }), item({ variant: 'Paris' }));
    expect(lyon).toMatch(/^03~[0-9a-f]{6}\.wav$/);
    expect(paris).toMatch(/^03~[0-9a-f]{6}\.wav$/);
    expect(lyon).not.toBe(paris);
    expect(named('{line}', item({ variant: 'Paris' }), item({ variant: 'Lyon' }))).toEqual([paris, lyon]);
  });

  it('take names that differ in case or in composition only as the same', () => {
    const names = named('{variant}', item({ variant: 'Orléans' }), item({ variant: 'ORLE\u0301ANS' }));
    expect(new Set(names.map(collisionKey)).size).toBe(2);
    expect(names.every((name) => name.includes('~'))).toBe(true);
  });

  it('never leave the folder, are valid everywhere, and never meet', () => {
    fc.assert(
      fc.property(anyTemplate, fc.array(anyItem, { maxLength: 12 }), (template, items) => {
        const names = nameFiles(parseTemplate(template), items, 3);
        expect(names).toHaveLength(items.length);
        expect(new Set(names.map(collisionKey)).size).toBe(items.length);
        for (const name of names) {
          expect(posix.normalize(name)).toBe(name);
          expect(posix.isAbsolute(name) || win32.isAbsolute(name)).toBe(false);
          for (const segment of name.split('/')) {
            expect(segment).toMatch(/^[^<>:"\\|?*\p{Cc}]+$/u);
            expect(segment).not.toMatch(/^[.\s-]|[.\s]$/u);
            expect(segment).not.toMatch(/^(con|prn|aux|nul|com[0-9]|lpt[0-9])\s*(\.|$)/i);
            expect(Buffer.byteLength(segment)).toBeLessThanOrEqual(200);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it('are the same for the same items, whatever they were before', () => {
    fc.assert(
      fc.property(fc.array(anyItem, { maxLength: 8 }), (items) => {
        expect(nameFiles(parseTemplate(defaultTemplate), items, 3)).toEqual(
          nameFiles(parseTemplate(defaultTemplate), items, 3),
        );
      }),
    );
  });
});
