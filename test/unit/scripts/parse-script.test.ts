import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseScript } from '#engine/scripts/parse-script.ts';
import { printScript } from '#engine/scripts/parsed-script.ts';

const campaign = `---
title: Spring sale
slot: 30
language: en-US
cast:
  ANNOUNCER: scratch/slt
  CUSTOMER:
    voice: scratch/rms
    model: quick
    settings: { speed: 1.1, warm: true }
---
# Opening
// a note
ANNOUNCER: Spring is here at {{store}} in {{city|"Berlin"}}. [pause 400ms]
CUSTOMER (surprised): {{product}} for only {{price}}?

ANNOUNCER {speed: 1.15}: Terms apply.
And one more thing.
`;
const codes = (source: string) => parseScript(source).problems.map(({ code }) => code);

describe('a script', () => {
  it('is read with its head, its cast and its spoken lines', () => {
    const script = parseScript(campaign);
    expect(script.problems).toEqual([]);
    expect(script).toMatchObject({
      title: 'Spring sale',
      slotSeconds: 30,
      language: 'en-US',
      characters: ['ANNOUNCER', 'CUSTOMER'],
    });
    expect(script.cast).toEqual([
      { character: 'ANNOUNCER', voice: 'scratch/slt', model: null, settings: {} },
      { character: 'CUSTOMER', voice: 'scratch/rms', model: 'quick', settings: { speed: 1.1, warm: true } },
    ]);
    expect(
      script.lines.map(({ position, sourceLine, character, direction, settings, text }) => [
        position,
        sourceLine,
        character,
        direction,
        settings,
        text,
      ]),
    ).toEqual([
      [1, 14, 'ANNOUNCER', null, {}, 'Spring is here at {{store}} in {{city|"Berlin"}}. [pause 400ms]'],
      [2, 15, 'CUSTOMER', 'surprised', {}, '{{product}} for only {{price}}?'],
      [3, 17, 'ANNOUNCER', null, { speed: 1.15 }, 'Terms apply.'],
      [4, 18, 'ANNOUNCER', null, {}, 'And one more thing.'],
    ]);
    expect(script.variables).toEqual([
      { name: 'store', defaultValue: null },
      { name: 'city', defaultValue: 'Berlin' },
      { name: 'product', defaultValue: null },
      { name: 'price', defaultValue: null },
    ]);
  });

  it('belongs to NARRATOR where nobody is named, and says that the cast has no such voice', () => {
    const script = parseScript('Hello.\n');
    expect(script.lines[0]).toMatchObject({ character: 'NARRATOR', text: 'Hello.' });
    expect(script.problems).toMatchObject([{ severity: 'warning', code: 'character_not_cast', line: 1 }]);
  });

  it('survives a round trip with a byte order mark, CRLF and trailing spaces', () => {
    const source = `\uFEFF${campaign.replaceAll('\n', '  \r\n')}`;
    const script = parseScript(source);
    expect(printScript(script)).toBe(source);
    expect(script.lines.map(({ text }) => text)).toEqual(parseScript(campaign).lines.map(({ text }) => text));
  });

  it('lets a speaker without text speak the rows below in the same manner', () => {
    const script = parseScript('ANNOUNCER (whispering) {speed: 0.9}:\nHello.\nAgain.\nCUSTOMER: Yes.\nNo.');
    expect(script.lines.map(({ character, direction, settings }) => [character, direction, settings])).toEqual([
      ['ANNOUNCER', 'whispering', { speed: 0.9 }],
      ['ANNOUNCER', 'whispering', { speed: 0.9 }],
      ['CUSTOMER', null, {}],
      ['CUSTOMER', null, {}],
    ]);
  });

  it('takes a row of pauses alone as silence around its neighbours', () => {
    const script = parseScript('[pause 1s]\nA: Hello.\n[pause 0.5s]\n[pause 250 ms]\nA: Bye.');
    expect(script.lines.map(({ text, pauseBeforeMs, pauseAfterMs }) => [text, pauseBeforeMs, pauseAfterMs])).toEqual([
      ['Hello.', 1000, 750],
      ['Bye.', 0, 0],
    ]);
  });
});

describe('a speaker', () => {
  const cast = '---\ncast: {Anna Lee: s/v, ANNOUNCER: s/w}\n---\n';
  const speakerOf = (row: string) => {
    const line = parseScript(`${cast}${row}\n`).lines[0];
    return [line?.character, line?.text];
  };
  it.each([
    ['Remember: only today.'],
    ['Open 9:00 to 18:00.'],
    ['OPEN 9:00 TO 18:00'],
    ['Our promise: {{x}} (really): yes'],
    ['He said: "ANNOUNCER: go"'],
    ['https://example.com: look'],
    ['{{city}}: the best'],
    ['(quietly): hm'],
  ])('is not seen in %s', (row) => {
    expect(speakerOf(row)).toEqual(['NARRATOR', row]);
  });
  it.each([
    ['ANNA-2: Hi', 'ANNA-2', 'Hi'],
    ['Anna Lee: Hi', 'Anna Lee', 'Hi'],
    ['anna lee:Hi', 'Anna Lee', 'Hi'],
    ['ÄRZTIN (leise) {speed: 1}: Guten Tag', 'ÄRZTIN', 'Guten Tag'],
    ['ПОКУПАТЕЛЬ: Да', 'ПОКУПАТЕЛЬ', 'Да'],
    ['MR. O’NEIL & SONS: Hi: there', 'MR. O’NEIL & SONS', 'Hi: there'],
    ['  ANNOUNCER  :  Hi', 'ANNOUNCER', 'Hi'],
    ['ANNOUNCER (says (loudly)): Hi', 'ANNOUNCER', 'Hi'],
    ['ANNOUNCER {note: "a } b: c"}: Hi', 'ANNOUNCER', 'Hi'],
  ])('is seen in %s', (row, character, text) => {
    expect(speakerOf(row)).toEqual([character, text]);
  });
  it.each([
    ['\\NOTE: this is text', 'NOTE: this is text'],
    ['\\# not a heading', '# not a heading'],
    ['\\// not a note', '// not a note'],
    ['\\ANNOUNCER: said', 'ANNOUNCER: said'],
    ['\\n is a backslash', '\\n is a backslash'],
    ['#1 in town', '#1 in town'],
  ])('and a heading are hidden by a backslash: %s', (row, text) => {
    expect(speakerOf(row)).toEqual(['NARRATOR', text]);
  });
});

describe('the tokens of a text', () => {
  const tokens = (text: string) =>
    parseScript(text).lines[0]?.tokens.map((token) =>
      token.kind === 'variable' ? [token.name, token.defaultValue] : token.kind === 'pause' ? token.pauseMs : token.raw,
    );
  it('are text, variables and pauses', () => {
    expect(tokens('a{{ x }}b{{end date|"to \\"day\\""}}[pause 1.5 s][PAUSE 20ms]c')).toEqual([
      'a',
      ['x', null],
      'b',
      ['end date', 'to "day"'],
      1500,
      20,
      'c',
    ]);
  });
  it('keep escaped braces and brackets as text', () => {
    const line = parseScript('\\{{x}} and \\[pause 1s]').lines[0];
    expect(line?.variables).toEqual([]);
    expect(line?.tokens.map((token) => (token.kind === 'escape' ? token.text : token.raw)).join('')).toBe(
      '{{x}} and [pause 1s]',
    );
  });
  it.each([
    ['Hi {{name', 'variable_unclosed', 4, 6],
    ['Hi {{}} there', 'variable_syntax', 4, 8],
    ['Hi {{a|b}} there', 'variable_syntax', 4, 11],
    ['Hi [pause] there', 'pause_syntax', 4, 11],
    ['Hi [pause 3 hours', 'pause_syntax', 4, 18],
    ['Hi [pause 90s]', 'pause_too_long', 4, 15],
  ])('report what is wrong in "%s" by place and keep it as text', (text, code, column, endColumn) => {
    const script = parseScript(`${text}\n`);
    expect(script.problems.filter(({ severity }) => severity === 'error')).toEqual([
      expect.objectContaining({ code, line: 1, column, endColumn }),
    ]);
    expect(script.lines[0]?.text).toBe(text);
  });
});

describe('problems of the head', () => {
  it('name row and column of broken YAML and keep the lines', () => {
    const script = parseScript('---\ntitle: x\ncast: [\n---\nHello.\n');
    expect(script.problems[0]).toMatchObject({ severity: 'error', code: 'yaml_syntax', line: 4, column: 1 });
    expect(script.lines).toHaveLength(1);
  });
  it('name duplicate keys, unknown keys and wrong values where they stand', () => {
    const script = parseScript(
      '---\nslot: soon\ntitle: a\nclient: b\nlanguage: "?"\ncast:\n  A: slt\n  B:\n---\nA: Hi\nB: Ho\n',
    );
    expect(script.problems.map(({ severity, code, line, column }) => [severity, code, line, column])).toEqual([
      ['error', 'slot_form', 2, 7],
      ['notice', 'front_matter_key_unknown', 4, 1],
      ['error', 'language_form', 5, 11],
      ['error', 'cast_voice_form', 7, 6],
      ['warning', 'cast_voice_missing', 8, expect.any(Number)],
    ]);
    expect(codes('---\ntitle: a\ntitle: b\n---\n')).toEqual(['yaml_syntax']);
  });
  it('say that the head is not closed', () => {
    expect(codes('---\ntitle: a\n')).toContain('front_matter_unclosed');
  });
  it('name settings that are no values, and unclosed brackets', () => {
    expect(parseScript('A {speed: [1], pitch: 2}: Hi').problems).toContainEqual(
      expect.objectContaining({ code: 'setting_value', line: 1, column: 4, endColumn: 9 }),
    );
    expect(parseScript('A {speed: [1], pitch: 2}: Hi').lines[0]?.settings).toEqual({ pitch: 2 });
    expect(codes('A (loud: Hi')).toContain('direction_unclosed');
    expect(codes('A {speed: 1: Hi')).toContain('overrides_unclosed');
  });
  it('warn about two defaults of one variable, silent lines and a cast that never speaks', () => {
    expect(codes('---\ncast: {A: s/v, B: s/v}\n---\nA: {{x|"1"}} {{x|"2"}}\n...\n')).toEqual([
      'cast_unused',
      'variable_defaults_differ',
      'line_silent',
    ]);
  });
  it('does not trip over names that objects have of their own', () => {
    const script = parseScript(
      '---\n__proto__: 1\nconstructor: 2\ncast: {toString: s/v}\n---\ntoString {__proto__: 3}: {{constructor}}\n',
    );
    expect(script.lines[0]?.character).toBe('toString');
    expect(Object.keys(script.lines[0]?.settings ?? {})).toEqual(['__proto__']);
  });
});

const scrap = fc.constantFrom(
  '---\n',
  '\n',
  '\r\n',
  '\r',
  '\uFEFF',
  'A: ',
  'A (',
  'x) ',
  '{',
  '}',
  '{{',
  '}}',
  '{{a}}',
  '|"',
  '[pause 1s]',
  '[pause',
  ']',
  '\\',
  '# ',
  '//',
  'cast:\n',
  '  A: s/v\n',
  'title: x\n',
  '"',
  "'",
  ' ',
  '\t',
  '&a ',
  '*a',
  '- ',
  ': ',
);
const source = fc
  .array(fc.oneof(scrap, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 40 })
  .map((pieces) => pieces.join(''));

describe('for any text at all', () => {
  it('parsing never fails, and the tokens print the source exactly', () => {
    fc.assert(
      fc.property(source, (text) => {
        const script = parseScript(text);
        expect(printScript(script)).toBe(text);
        for (const { tokens } of script.rows)
          for (const { start, raw } of tokens) expect(text.slice(start, start + raw.length)).toBe(raw);
        for (const line of script.lines) {
          expect(line.tokens.map(({ raw }) => raw).join('')).toBe(line.text);
          expect(text.slice(line.textStart, line.textEnd)).toBe(line.text);
        }
        const rows = text.split(/\r\n?|\n/u).length;
        for (const { line } of script.problems) expect(line).toBeLessThanOrEqual(rows);
      }),
      { numRuns: 500 },
    );
  });
  it('hostile repetition does not grow beyond its length', () => {
    for (const piece of ['{{', '{{a|"', '[pause ', 'A (', '\\', 'A{', ' ', '(A', '[[', 'A: {{x']) {
      const text = piece.repeat(20_000);
      expect(printScript(parseScript(text))).toBe(text);
    }
  });
});
