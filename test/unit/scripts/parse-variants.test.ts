import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseVariants } from '#engine/scripts/parse-variants.ts';

const variables = [
  { name: 'city', defaultValue: null },
  { name: 'price', defaultValue: null },
  { name: 'note', defaultValue: 'none' },
];
const parse = (source: string | Uint8Array) => parseVariants(source, variables, ['ANNOUNCER', 'Anna Lee']);
const said = (source: string | Uint8Array) =>
  parse(source).problems.map(({ severity, code, line, column }) => [severity, code, line, column]);

const utf16 = (text: string, littleEndian: boolean): Uint8Array => {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), littleEndian);
  return bytes;
};

describe('a table of variants', () => {
  const expected = [
    { name: 'kiel', row: 1, values: { city: 'Kiel', price: '1,99 €' }, voices: { ANNOUNCER: 'scratch/rms' } },
    { name: 'köln', row: 2, values: { city: 'Köln "am Rhein"', price: '2' }, voices: {} },
  ];
  const csv =
    'variant,city,price,voice:announcer\r\nkiel,Kiel,"1,99 €",scratch/rms\r\nköln,"Köln ""am Rhein""", 2 ,\r\n';
  it.each([
    ['commas', csv],
    ['a byte order mark', `\uFEFF${csv}`],
    ['UTF-8 bytes', new TextEncoder().encode(csv)],
    ['UTF-8 bytes with a mark', new TextEncoder().encode(`\uFEFF${csv}`)],
    ['UTF-16 little-endian with a mark', utf16(`\uFEFF${csv}`, true)],
    ['UTF-16 big-endian with a mark', utf16(`\uFEFF${csv}`, false)],
    ['UTF-16 little-endian', utf16(csv, true)],
    ['UTF-16 big-endian', utf16(csv, false)],
    ['mixed line ends', csv.replace('\r\n', '\n')],
    ['no final line end', csv.trimEnd()],
    ['semicolons', 'variant;city;price;voice:ANNOUNCER\nkiel;Kiel;1,99 €;scratch/rms\nköln;"Köln ""am Rhein""";2;'],
    ['tabs', 'variant\tcity\tprice\tvoice:ANNOUNCER\nkiel\tKiel\t1,99 €\tscratch/rms\nköln\t"Köln ""am Rhein"""\t2\t'],
    [
      'a declared separator',
      'sep=;\nvariant;city;price;voice:ANNOUNCER\nkiel;Kiel;1,99 €;scratch/rms\nköln;"Köln ""am Rhein""";2;',
    ],
  ])('is read with %s', (_, source) => {
    const { columns, variants, problems } = parse(source);
    expect(problems).toEqual([]);
    expect(columns).toHaveLength(4);
    expect(variants).toEqual(expected);
  });

  it('names its rows by number where nothing else does', () => {
    expect(parse('city,price\nA,1\nB,2').variants.map(({ name }) => name)).toEqual(['row-0001', 'row-0002']);
    expect(parse('variant,city,price\n,A,1\nb,B,2').variants.map(({ name }) => name)).toEqual(['row-0001', 'b']);
  });
  it('keeps a line break inside quotes in its row', () => {
    expect(parse('city,price\n"A\nB",1\nC,2').variants.map(({ row, values }) => [row, values['city']])).toEqual([
      [1, 'A\nB'],
      [2, 'C'],
    ]);
  });
  it('does not trip over columns that objects have of their own', () => {
    expect(parse('city,price,__proto__,constructor\nA,1,x,y').variants[0]?.values).toEqual(
      Object.fromEntries([
        ['city', 'A'],
        ['price', '1'],
        ['__proto__', 'x'],
        ['constructor', 'y'],
      ]),
    );
  });

  it.each([
    ['an empty file', '', ['error', 'table_empty', null, null]],
    ['a file of line ends', '\r\n\r\n', ['error', 'table_empty', null, null]],
    ['a header alone', 'city,price\n', ['warning', 'table_without_rows', null, null]],
    ['an unknown column', 'city,price,City2\nA,1,x', ['warning', 'column_unknown', null, 3]],
    ['a voice for nobody', 'city,price,voice:BOB\nA,1,s/v', ['warning', 'column_unknown', null, 3]],
    ['a missing column', 'city\nA', ['error', 'column_missing', null, null]],
    ['a column twice', 'city,price,city\nA,1,B', ['error', 'column_duplicate', null, 3]],
    ['a missing value', 'city,price,note\nA,1,\nB,,x', ['error', 'value_missing', 2, 2]],
    ['a name twice', 'variant,city,price\na,A,1\na,B,2', ['error', 'variant_duplicate', 2, null]],
    ['empty rows', 'city,price\nA,1\n,\n\nB,2\n', ['warning', 'row_empty', 2, null]],
    ['a row with too many cells', 'city,price\nA,1,99', ['error', 'row_long', 1, 3]],
    ['a value without a column name', 'city,price,\nA,1,99', ['warning', 'column_unnamed', 1, 3]],
    ['a voice that is none', 'city,price,voice:ANNOUNCER\nA,1,slt', ['error', 'voice_form', 1, 3]],
    ['a quote that is not closed', 'city,price\nA,1\n"B,2\nC,3', ['error', 'quote_unclosed', 2, null]],
  ])('reports %s', (_, source, problem) => {
    expect(said(source)).toContainEqual(problem);
  });
  it('reports too few cells beside the value that is then missing', () => {
    expect(said('city,price,note\nA,1\nB')).toEqual([
      ['warning', 'row_short', 1, null],
      ['warning', 'row_short', 2, null],
      ['error', 'value_missing', 2, 2],
    ]);
  });
  it('does not mind empty cells beyond the header, nor the final line end', () => {
    expect(parse('city,price\nA,1,,\n').problems).toEqual([]);
  });
  it('keeps the row numbers of a table with empty rows', () => {
    expect(parse('city,price\n\nA,1\n,\n,\nB,2\n').variants.map(({ row }) => row)).toEqual([2, 5]);
    expect(parse('city,price\n\nA,1\n,\n,\nB,2\n').problems.map(({ message }) => message)).toEqual([
      'Row 1 is empty and was left out.',
      'Rows 3 to 4 are empty and were left out.',
    ]);
  });
  it('names the row whose bytes are not UTF-8, and asks for a file that is', () => {
    const bytes = new Uint8Array([
      ...new TextEncoder().encode('city,price\nKiel,1\nK'),
      0xf6,
      ...new TextEncoder().encode('ln,2'),
    ]);
    const { problems, variants } = parse(bytes);
    expect(problems).toEqual([
      expect.objectContaining({
        severity: 'error',
        code: 'encoding',
        line: 2,
        column: 1,
        message: expect.stringContaining('CSV UTF-8'),
      }),
    ]);
    expect(variants).toHaveLength(2);
  });
  it('hints at the column that was meant', () => {
    expect(
      parse('City,price\nA,1')
        .problems.map(({ message }) => message)
        .join(' '),
    ).toContain('Did you mean "city"?');
  });
  it('stays readable when every one of 10,000 rows is wrong', () => {
    const source = `variant,city,price\n${Array.from({ length: 10_000 }, (_, index) => `v${index},A,`).join('\n')}`;
    const { variants, problems } = parse(source);
    expect(variants).toHaveLength(10_000);
    expect(problems).toHaveLength(201);
    expect(problems.at(-1)?.message).toBe('And 9800 more of the same kind.');
  });
  it('gives back any values, however they are quoted', () => {
    const cell = fc
      .string({ unit: 'grapheme' })
      .map((text) => text.replaceAll(/[\r\n]/gu, ' ').trim())
      .filter((text) => text !== '' && text.isWellFormed() && !text.includes('\uFEFF'));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell), { minLength: 1 }),
        fc.constantFrom(',', ';', '\t'),
        (rows, delimiter) => {
          const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
          const csvText =
            ['city', 'price'].join(delimiter) + rows.map((row) => `\n${row.map(quote).join(delimiter)}`).join('');
          const { variants, problems } = parse(new TextEncoder().encode(csvText));
          expect(problems).toEqual([]);
          expect(variants.map(({ values }) => [values['city'], values['price']])).toEqual(rows);
        },
      ),
    );
  });
  it('never fails on any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => parse(bytes).variants.length >= 0));
  });
});
