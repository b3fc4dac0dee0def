/** The table of variants, changed cell by cell. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VariantOperation } from '#contract/methods/variant.ts';
import { endAll } from '#test/builders/endings.ts';
import { openTable } from './setup.ts';

endAll();

const csv = 'variant,city,day,voice:HOST\nleeds,Leeds,Monday,\nyork,York,,scratch/awb\nhull,Hull,Friday,\n';
const codes = (problems: readonly { readonly code: string; readonly line: number | null }[]) =>
  problems.map(({ code, line }) => `${code} ${line}`);

describe('a changed cell', () => {
  it('comes back as its row alone, and the answer says how to take it back', async () => {
    const table = await openTable();
    await table.import(csv);
    const changed = await table.patch({ type: 'set', row: 2, column: 'city', value: ' New York ' });
    expect(changed).toMatchObject({
      revision: 2,
      table: null,
      rows: [{ row: 2, name: 'york', values: { city: 'New York' }, voices: { HOST: 'scratch/awb' } }],
      undo: [{ type: 'set', row: 2, column: 'city', value: 'York' }],
    });
    expect((await table.list()).variants[1]).toEqual(changed.rows[0]);
  });

  it('is kept with its problem, which is told by row and column', async () => {
    const table = await openTable();
    await table.import(csv);
    const emptied = await table.patch({ type: 'set', row: 1, column: 'city', value: '' });
    expect(emptied.problems).toMatchObject([{ code: 'value_missing', severity: 'error', line: 1, column: 2 }]);
    const voice = await table.patch({ type: 'set', row: 3, column: 'voice:HOST', value: 'nobody' });
    expect(voice.problems).toMatchObject([{ code: 'voice_form', line: 3, column: 4 }]);
    expect(voice.rows[0]).toMatchObject({ values: { 'voice:HOST': 'nobody' }, voices: {} });
    expect(codes((await table.list()).problems)).toEqual(['value_missing 1', 'voice_form 3']);
    expect((await table.patch(...voice.undo, ...emptied.undo)).problems).toEqual([]);
  });

  it('makes two rows of one name problems of each other, and ends them for both', async () => {
    const table = await openTable();
    await table.import(csv);
    const twice = await table.patch({ type: 'set', row: 1, column: 'variant', value: 'hull' });
    expect(twice.rows.map(({ row }) => row)).toEqual([1, 3]);
    expect(codes(twice.problems)).toEqual(['variant_duplicate 3']);
    const once = await table.patch({ type: 'set', row: 1, column: 'variant', value: 'leeds' });
    expect(once.rows.map(({ row }) => row)).toEqual([1, 3]);
    expect(once.problems).toEqual([]);
  });

  it('keeps only its own row from being rendered, whatever is wrong with it', async () => {
    const table = await openTable();
    await table.import(csv);
    await table.patch({ type: 'set', row: 1, column: 'city', value: '' });
    const { scriptId, client } = table;
    const all = await client.call('render.estimate', { scriptId });
    expect(codes(all.problems)).toEqual(['value_missing 1']);
    const others = await client.call('render.estimate', { scriptId, only: ['york', 'hull'] });
    expect(others).toMatchObject({ problems: [], variants: 2 });
  });
});

describe('a table', () => {
  it('grows from nothing: columns first, then rows, which get names of their own', async () => {
    const table = await openTable();
    const made = await table.patch(
      { type: 'insert_column', column: 'city', before: null },
      { type: 'insert', row: 1, rows: [{ city: 'Leeds' }, { variant: 'the second', city: 'York' }, {}] },
    );
    expect(made.table).toMatchObject({ columns: ['variant', 'city'] });
    expect(made.table?.variants.map(({ name }) => name)).toEqual(['row-0001', 'the second', 'row-0003']);
    await table.patch(...made.undo);
    expect(await table.list()).toMatchObject({ columns: [], variants: [], problems: [] });
  });

  it('has a column of names although its file had none', async () => {
    const table = await openTable();
    await table.import('city\nLeeds\n\nYork\n');
    expect(await table.list()).toMatchObject({
      columns: ['variant', 'city'],
      variants: [
        { row: 1, name: 'row-0001' },
        { row: 2, name: 'row-0003' },
      ],
    });
  });

  it('takes all changes of a patch or none', async () => {
    const table = await openTable();
    await table.import(csv);
    const before = await table.list();
    for (const [wrong, message] of [
      [{ type: 'set', row: 9, column: 'city', value: 'x' }, 'There is no row 9; the table has 3.'],
      [{ type: 'set', row: 1, column: 'town', value: 'x' }, 'no column "town"'],
      [{ type: 'remove', row: 3, count: 2 }, 'There is no row 4'],
      [{ type: 'reorder', rows: [1, 1, 2] }, 'names each of the 3 rows once'],
      [{ type: 'insert_column', column: 'city', before: null }, 'has a column "city" already'],
      [{ type: 'insert_column', column: 'Voice: host', before: null }, 'has a column "Voice: host" already'],
      [{ type: 'rename_column', column: 'variant', to: 'name' }, 'names the rows'],
      [{ type: 'insert', row: 1, rows: [{ town: 'x' }] }, 'no column "town"'],
    ] as const satisfies readonly (readonly [VariantOperation, string])[]) {
      const first = { type: 'set', row: 1, column: 'city', value: 'changed' } as const;
      await expect(table.patch(first, structuredClone(wrong) as VariantOperation)).rejects.toMatchObject({
        code: 'invalid_input',
        message: expect.stringContaining(message),
      });
    }
    expect(await table.list()).toEqual(before);
  });

  it('tries a file without taking it', async () => {
    const table = await openTable();
    await table.import(csv);
    const tried = await table.import('variant,town\nleeds,Leeds\n', true);
    expect(tried).toMatchObject({ saved: false, columns: ['variant', 'town'] });
    expect(tried.problems.map(({ code }) => code)).toContain('column_missing');
    expect((await table.list()).variants).toHaveLength(3);
  });

  it('goes out as a CSV that comes in as the same table', async () => {
    const table = await openTable();
    await table.import('variant,city,voice:HOST\n"a ""b""","Leeds, England",scratch/awb\nc,"=1+1\nsecond",\n');
    const before = await table.list();
    const { fileName, text } = await table.client.call('variant.export', { scriptId: table.scriptId });
    expect(fileName).toBe('Open-day.csv');
    await table.client.call('variant.clear', { scriptId: table.scriptId });
    await table.import(text);
    expect({ ...(await table.list()), revision: before.revision }).toEqual(before);
  });

  it('is the same again after any changes are taken back, and as changed after they are done again', async () => {
    const table = await openTable();
    const cell = fc.constantFrom('', 'x', 'Leeds', 'scratch/kal', 'leeds', 'y ');
    const column = fc.constantFrom('variant', 'city', 'day', 'voice:HOST', 'voice:guest', 'price');
    const row = fc.integer({ min: 1, max: 6 });
    const step: fc.Arbitrary<VariantOperation> = fc.oneof(
      fc.record({ type: fc.constant('set' as const), row, column, value: cell }),
      fc.record({
        type: fc.constant('insert' as const),
        row,
        rows: fc.array(fc.dictionary(column, cell, { maxKeys: 3 }), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({ type: fc.constant('remove' as const), row, count: fc.integer({ min: 1, max: 3 }) }),
      fc.record({
        type: fc.constant('reorder' as const),
        rows: fc.integer({ min: 1, max: 5 }).chain((size) =>
          fc.shuffledSubarray(
            Array.from({ length: size }, (_, at) => at + 1),
            { minLength: size },
          ),
        ),
      }),
      fc.record({
        type: fc.constant('insert_column' as const),
        column,
        before: fc.option(column),
        values: fc.array(cell, { maxLength: 4 }),
      }),
      fc.record({ type: fc.constant('remove_column' as const), column }),
      fc.record({ type: fc.constant('rename_column' as const), column, to: column }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        await table.import(csv);
        const shown = async () => {
          const { columns, variants, problems } = await table.list();
          return { columns, variants, problems };
        };
        const before = await shown();
        // Steps that do not fit where they stand are left out, as a person could not do them either.
        const undo: VariantOperation[] = [];
        for (const one of steps) {
          const done = await table.patch(one).catch(() => null);
          if (done !== null) undo.unshift(...done.undo);
        }
        if (undo.length === 0) return;
        const after = await shown();
        const back = await table.patch(...undo);
        expect(await shown()).toEqual(before);
        await table.patch(...back.undo);
        expect(await shown()).toEqual(after);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('of ten thousand rows changes a cell without writing the others', async () => {
    const table = await openTable();
    const rows = Array.from({ length: 10_000 }, (_, at) => `v${at},City ${at}`);
    await table.import(`variant,city\n${rows.join('\n')}\n`);
    const { database } = table.studio.ports;
    const written = () => database.prepare<{ n: number }>('SELECT total_changes() AS n').get()?.n ?? 0;
    const before = written();
    const { rows: changed } = await table.patch({ type: 'set', row: 7_000, column: 'city', value: 'Hull' });
    expect(changed).toHaveLength(1);
    // The row and the head of the table.
    expect(written() - before).toBe(2);
    const inserted = await table.patch({ type: 'insert', row: 5_000, rows: [{ city: 'New' }] });
    expect(inserted.table?.variants[4_999]).toMatchObject({ row: 5_000, name: 'row-5000' });
    expect(written() - before).toBe(4);
  });
});
