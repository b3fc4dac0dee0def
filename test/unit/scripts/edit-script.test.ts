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
  it.each([
    [
      'a model and settings beside a plain voice',
      '---\ncast:\n  A: s/one   # first\n  B: s/two\n---\n',
      { A: { model: 'm 1', settings: { speed: 1.1, boost: true, seed: 7 } } },
      '---\ncast:\n  A: {voice: s/one, model: m 1, settings: {speed: 1.1, boost: true, seed: 7}}   # first\n  B: s/two\n---\n',
    ],
    [
      'one setting of several, with the comments of the others',
      '---\ncast:\n  A:\n    voice: s/one\n    settings:\n      speed: 1.10 # slow\n      style: 0.2 # less\n      seed: 7\n---\n',
      { A: { settings: { speed: 1.1, style: 0.3, tone: 'true' } } },
      '---\ncast:\n  A:\n    voice: s/one\n    settings:\n      speed: 1.10 # slow\n      style: 0.3 # less\n      tone: "true"\n---\n',
    ],
    [
      'settings that go, from a block',
      '---\ncast:\n  A:\n    voice: s/one # keep\n    settings:\n      speed: 1.1\n      # inside\n      seed: 1\n    model: m # stays\n---\n',
      { A: { settings: {} } },
      '---\ncast:\n  A:\n    voice: s/one # keep\n    model: m # stays\n---\n',
    ],
    [
      'a model that goes, from braces',
      '---\ncast: {A: {voice: s/one, model: m, settings: {a: 1}}, B: s/b}\n---\n',
      { A: { model: null } },
      '---\ncast: {A: {voice: s/one, settings: {a: 1}}, B: s/b}\n---\n',
    ],
    [
      'the last of what stood beside a voice',
      '---\ncast:\n  A: {voice: s/one, settings: {a: 1}} # x\n---\n',
      { A: { settings: {} } },
      '---\ncast:\n  A: s/one # x\n---\n',
    ],
    [
      'another voice, without the model and settings of the one before',
      '---\ncast:\n  A: {model: m, voice: s/one, settings: {a: 1}}\n---\n',
      { A: { voice: 't/two', model: null, settings: {} } },
      '---\ncast:\n  A: t/two\n---\n',
    ],
    [
      'an entry that goes, and its rows',
      '---\ncast:\n  A:\n    voice: s/one\n    model: m\n  B: s/two # b\nslot: 30\n---\n',
      { A: { voice: null } },
      '---\ncast:\n  B: s/two # b\nslot: 30\n---\n',
    ],
    [
      'the only entry',
      '---\ncast:\n  A: s/one\nslot: 30\n---\n',
      { A: { voice: null } },
      '---\ncast:\nslot: 30\n---\n',
    ],
    ['an entry that was never there', 'A: Hi\n', { A: { voice: null } }, 'A: Hi\n'],
    [
      'what an alias stands for',
      '---\nx: &v {voice: s/one, model: m}\ncast:\n  A: *v\n---\n',
      { A: { settings: { a: 1 } } },
      '---\nx: &v {voice: s/one, model: m}\ncast:\n  A: {voice: s/one, model: m, settings: {a: 1}}\n---\n',
    ],
  ])('changes model and settings and no other byte: %s', (_, source, cast, expected) => {
    expect(setCast(source, cast)).toBe(expected);
    expect(setCast(expected, cast)).toBe(expected);
  });
  it('is read back for any model and settings, in any style', () => {
    const value = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.boolean(),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    const name = fc.constantFrom('speed', 'style', 'a b', 'true', '7', 'x:y');
    const change = fc.record(
      {
        model: fc.option(fc.constantFrom('m1', 'm, 2', '3', 'null')),
        settings: fc.dictionary(name, value, { maxKeys: 4 }),
      },
      { requiredKeys: [] },
    );
    const head = fc.constantFrom(
      'cast:\n  A: s/v # c\n',
      'cast: {A: s/v, B: t/w}\n',
      'cast:\n  A:\n    settings: {speed: 1, "a b": x}\n    voice: s/v\n\nslot: 30\n',
      'cast:\n  A: # here\n    voice: s/v\n    settings:\n      speed: 1\n      style: 2 # two\n    model: m\n  B: t/w\n',
    );
    fc.assert(
      fc.property(head, fc.array(change, { minLength: 1, maxLength: 3 }), (start, changes) => {
        let source = `---\n${start}---\nA: Hi\n`;
        let [expected] = parseScript(source).cast;
        for (const one of changes) {
          source = setCast(source, { A: one });
          const { model = expected?.model, settings = expected?.settings } = one;
          expected = { character: 'A', voice: 's/v', model: model ?? null, settings: settings ?? {} };
          expect(parseScript(source).cast[0]).toEqual(expected);
        }
      }),
      { numRuns: 50 },
    );
  });
  it('refuses a model for somebody without a voice', () => {
    expect(() => setCast('---\ncast:\n  A:\n---\n', { A: { model: 'm' } })).toThrow('A has no voice yet');
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
