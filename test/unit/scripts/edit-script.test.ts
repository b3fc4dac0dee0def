import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editLine } from '#engine/scripts/edit-script.ts';
import { parseScript } from '#engine/scripts/parse-script.ts';
import { setCast } from '#engine/scripts/set-cast.ts';

describe('editing a line', () => {
  const source = '\uFEFFA (loud): One.  \r\n\r\n// keep\r\nTwo. \r\nB: Three.';
  it('changes its text and no other byte', () => {
    expect(editLine(source, 1, 'Uno.')).toBe('\uFEFFA (loud): Uno.  \r\n\r\n// keep\r\nTwo. \r\nB: Three.');
    expect(editLine(source, 2, ' Due,\nbello. ')).toBe(
      '\uFEFFA (loud): One.  \r\n\r\n// keep\r\nDue, bello. \r\nB: Three.',
    );
  });
  it('refuses a line that is not there', () => {
    expect(() => editLine(source, 4, 'x')).toThrow('no line 4');
  });
  it('gives back what was typed, whatever it looks like, and leaves the other lines', () => {
    const text = fc
      .array(
        fc.oneof(
          fc.constantFrom('# ', '//', '---', 'A: ', 'B (', '\\', 'x', ' ', '{', '}', '[pause 1s]', ': '),
          fc.string({ maxLength: 4 }),
        ),
        { maxLength: 8 },
      )
      .map((pieces) =>
        pieces
          .join('')
          .replaceAll(/[\r\n]/gu, '')
          .trim(),
      )
      .filter((typed) => /[a-z]/u.test(typed.replaceAll('[pause 1s]', '')));
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 3 }), (typed, position) => {
        const before = parseScript(source).lines;
        const after = parseScript(editLine(source, position, typed)).lines;
        expect(after.map(({ text }) => text)).toEqual(
          before.map(({ text }, index) => (index === position - 1 ? typed : text)),
        );
        expect(after.map(({ character }) => character)).toEqual(before.map(({ character }) => character));
      }),
      { numRuns: 500 },
    );
  });
});

describe('setting the cast', () => {
  it.each([
    [
      'a plain voice',
      '---\n# head\ntitle:  X # t\ncast:\n  A:   s/one   # first\n  B: s/two\n---\nA: Hi',
      { A: 't/new' },
      '---\n# head\ntitle:  X # t\ncast:\n  A:   t/new   # first\n  B: s/two\n---\nA: Hi',
    ],
    [
      'a new character',
      '---\ncast:\n    A: s/one # first\n    # end\nslot: 30\n---\nB: Hi',
      { B: 's/two' },
      '---\ncast:\n    A: s/one # first\n    B: s/two\n    # end\nslot: 30\n---\nB: Hi',
    ],
    [
      'the voice of a mapping',
      '---\ncast:\n  A:\n    model: m\n    voice: "s/one"\n---\n',
      { A: 's/two' },
      '---\ncast:\n  A:\n    model: m\n    voice: s/two\n---\n',
    ],
    [
      'a mapping without voice',
      '---\ncast:\n  A:\n    model: m\n  B: s/b\n---\n',
      { A: 's/two' },
      '---\ncast:\n  A:\n    model: m\n    voice: s/two\n  B: s/b\n---\n',
    ],
    ['an empty entry', '---\ncast:\n  A:\n  B: s/b\n---\n', { A: 's/two' }, '---\ncast:\n  A: s/two\n  B: s/b\n---\n'],
    [
      'a cast in braces',
      '---\ncast: {A: s/one}\n---\n',
      { A: 's/x', 'B, C': 's/y' },
      '---\ncast: {A: s/x, "B, C": s/y}\n---\n',
    ],
    [
      'an empty cast',
      '---\ncast:   # later\nslot: 30\n---\n',
      { A: 's/x' },
      '---\ncast:   # later\n  A: s/x\nslot: 30\n---\n',
    ],
    [
      'a head without cast',
      '---\ntitle: X\n---\nA: Hi',
      { A: 's/x', B: 's/y' },
      '---\ntitle: X\ncast:\n  A: s/x\n  B: s/y\n---\nA: Hi',
    ],
    ['an empty head', '---\n---\nA: Hi', { A: 's/x' }, '---\ncast:\n  A: s/x\n---\nA: Hi'],
    ['no head at all', '\uFEFFA: Hi\r\n', { A: 's/x' }, '\uFEFF---\r\ncast:\r\n  A: s/x\r\n---\r\nA: Hi\r\n'],
    [
      'a name that needs quotes',
      '---\ncast:\n  A: s/one\n---\n',
      { A: 's/yes: #1' },
      '---\ncast:\n  A: "s/yes: #1"\n---\n',
    ],
  ])('changes only the entry: %s', (_, source, cast, expected) => {
    expect(setCast(source, cast)).toBe(expected);
  });
  it('is read back for any voice and any spacing of the head', () => {
    const name = fc.constantFrom('A', 'B', 'ANNA LEE', 'Ö', '1ST', 'yes', 'null');
    const reference = fc.string({ minLength: 1, maxLength: 12 }).map((voice) => `w/${voice.replaceAll(/\s/gu, '')}x`);
    const head = fc.constantFrom(
      '',
      '---\n---\n',
      '---\ncast:\n A: s/v\n---\n',
      '---\ncast: {}\n---\n',
      '---\r\ncast:\r\n  B:\r\n    voice: s/v\r\n    settings: {a: 1}\r\n\r\n---\r\n',
      '---\ntitle: a\n\n# c\n---\n',
    );
    fc.assert(
      fc.property(head, fc.dictionary(name, reference, { minKeys: 1, maxKeys: 3 }), (start, cast) => {
        const body = 'A: Hi\nB: Ho\n';
        const result = setCast(start + body, cast);
        const read = new Map(parseScript(result).cast.map(({ character, voice }) => [character, voice]));
        for (const [character, voice] of Object.entries(cast)) expect(read.get(character)).toBe(voice);
        expect(result.endsWith(body)).toBe(true);
        expect(setCast(result, cast)).toBe(result);
      }),
    );
  });
  it('refuses a head that cannot be read and a voice that is none', () => {
    expect(() => setCast('---\ncast: [\n---\n', { A: 's/v' })).toThrow('not valid YAML');
    expect(() => setCast('---\ntitle: x\n', { A: 's/v' })).toThrow('not closed');
    expect(() => setCast('---\ncast: none\n---\n', { A: 's/v' })).toThrow('A cannot be given a voice');
    expect(() => setCast('A: Hi', { A: 'slt' })).toThrow('"slt" is no voice');
  });
});
