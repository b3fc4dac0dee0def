import { describe, expect, it } from 'vitest';
import { collectProblems } from '#engine/scripts/collect-problems.ts';
import { selectVariants } from '#engine/scripts/expansion.ts';
import { parseVariants } from '#engine/scripts/parse-variants.ts';
import { knownVoices, type Order, orderOf } from './expansion-fixture.ts';

const head = '---\ncast:\n  A: scratch/slt\n---\n';
const check = (
  body: string,
  table: string | null = null,
  order: Order & { readonly only?: readonly string[] } = {},
) => {
  const input = orderOf(head + body, order);
  const parsed =
    table === null ? { variants: [], problems: [] } : parseVariants(table, input.variables, input.script.characters);
  const { variants, unknown } = selectVariants(parsed.variants, order.only);
  return collectProblems({
    ...input,
    variants,
    scriptProblems: input.script.problems,
    variantProblems: parsed.problems,
    unknownVariants: unknown,
    allVariantNames: parsed.variants.map(({ name }) => name),
    knownVoices: () => knownVoices.map((reference) => ({ reference, called: reference })),
  });
};

describe('before anything renders', () => {
  it('there is nothing to say about an order that can be rendered', () => {
    expect(check('A: Hi {{x}}.', 'variant,x\na,1')).toEqual([]);
  });
  it('errors of the script and of the table come along', () => {
    expect(check('A: Hi {{x}} [pause]', 'variant,x\na,1\na,2').map(({ code }) => code)).toEqual([
      'pause_syntax',
      'variant_duplicate',
    ]);
  });
  it('an unknown voice is named with the nearest that are known', () => {
    const [unknown] = check('A: Hi', null, { voices: { A: 'scratch/sly' } });
    expect(unknown).toMatchObject({
      severity: 'error',
      code: 'voice_unknown',
      line: 5,
      message: expect.stringMatching(/scratch\/sly.*Nearest: scratch\/slt/u),
    });
  });
  it('an unknown voice of a row is named with its row, once', () => {
    const problems = check('A: Hi {{x}}', 'variant,x,voice:A\na,1,\nb,2,scratch/no\nc,3,scratch/no');
    expect(problems).toEqual([
      expect.objectContaining({ code: 'voice_unknown', message: expect.stringMatching(/^Row 2 \(b\), A: /u) }),
    ]);
  });
  it('a character without a voice is an error, unless every variant gives it one', () => {
    expect(check('B: Hi {{x}}', 'variant,x\na,1').map(({ severity, code }) => [severity, code])).toEqual([
      ['notice', 'cast_unused'],
      ['warning', 'character_not_cast'],
      ['error', 'voice_missing'],
    ]);
    expect(check('B: Hi {{x}}', 'variant,x,voice:B\na,1,scratch/rms').map(({ code }) => code)).toEqual([
      'cast_unused',
      'character_not_cast',
    ]);
  });
  it('a missing value is named once, by the table or by the script', () => {
    expect(check('A: Hi {{x}}', 'variant,x,y\na,1,z\nb,,z').filter(({ code }) => code === 'value_missing')).toEqual([
      expect.objectContaining({ line: 2 }),
    ]);
    expect(check('A: Hi {{x}}').map(({ code, line }) => [code, line])).toEqual([['value_missing', 5]]);
    expect(check('A: Hi {{x|"you"}} {{x}}')).toEqual([]);
  });
  it('a name that no row has is named with the nearest rows', () => {
    expect(check('A: {{x}}', 'variant,x\nberlin,1\nkiel,2', { only: ['berlim', 'kiel'] })).toEqual([
      expect.objectContaining({ code: 'variant_unknown', message: 'No variant is called "berlim". Nearest: berlin.' }),
    ]);
  });
  it('settings that a voice does not take are named with their row', () => {
    expect(check('A {pitch: 2, speed: 1}: Hi')).toEqual([
      expect.objectContaining({
        severity: 'warning',
        code: 'setting_not_sent',
        line: 5,
        message: expect.stringContaining('"pitch"'),
      }),
    ]);
  });
  it('a script that says nothing is an error', () => {
    expect(check('// nothing\n').map(({ code }) => code)).toContain('nothing_to_say');
  });
});

describe('a voice for somebody who does not speak', () => {
  it('is an error that names those who do', () => {
    expect(check('A: Hello.', null, { voices: { ANOUNCER: 'scratch/rms' } })).toMatchObject([
      { severity: 'error', code: 'character_unknown', message: expect.stringContaining('those who do: A') },
    ]);
  });
});
