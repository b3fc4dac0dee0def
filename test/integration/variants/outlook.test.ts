/** What each row of a table comes to, before and after it is paid. */
import { describe, expect, it } from 'vitest';
import { endAll } from '#test/builders/endings.ts';
import { openTable } from './setup.ts';

endAll();

describe('the outlook of a table', () => {
  it('counts what is new once, tells who sounds like whom, and predicts each length against the slot', async () => {
    const table = await openTable();
    await table.import('variant,city\na,Leeds\nb,Hull\nc,Leeds\n');
    const { variants } = await table.outlook();
    expect(variants.map(({ variant, lines, owned, fresh, sameAs, fit }) => [variant, lines, owned, fresh, sameAs, fit]))
      // The second line is the same in every row.
      .toEqual([
        ['a', 2, 0, 2, null, 'fits'],
        ['b', 2, 0, 1, null, 'fits'],
        ['c', 2, 0, 0, 'a', 'fits'],
      ]);
    expect(
      variants.every(({ seconds, lowSeconds, highSeconds }) => lowSeconds < seconds && seconds < highSeconds),
    ).toBe(true);
  });

  it('leaves out rows that cannot be spoken yet, and has them again when they are mended', async () => {
    const table = await openTable();
    await table.import('variant,city\na,Leeds\nb,Hull\n');
    await table.patch({ type: 'set', row: 1, column: 'city', value: '' });
    expect((await table.outlook()).variants.map(({ variant }) => variant)).toEqual(['b']);
    await table.patch({ type: 'set', row: 1, column: 'city', value: 'York' });
    expect((await table.outlook()).variants.map(({ row }) => row)).toEqual([1, 2]);
  });

  it('is empty while the script itself cannot be read, and speaks of the default where there is no table', async () => {
    const broken = await openTable({ source: '---\ntitle: Broken\nHOST: Hi\n' });
    expect((await broken.outlook()).variants).toEqual([]);
    const plain = await openTable({ source: '---\ncast:\n  A: scratch/slt\n---\nA: Hello there.\n' });
    expect((await plain.outlook()).variants).toMatchObject([{ variant: 'default', fresh: 1 }]);
  });

  it('knows the real length as soon as all lines of a row are rendered', async () => {
    const table = await openTable({ start: true });
    await table.import('variant,city\na,Leeds\nb,Hull\n');
    await table.outlook();
    const { id } = await table.client.call('render.enqueue', { scriptId: table.scriptId, only: ['a'] });
    await table.studio.settled(id);
    const [a, b] = (await table.outlook()).variants;
    expect(a).toMatchObject({ owned: 2, open: 0, fresh: 0 });
    const spot = await table.client.call('take.spot', { scriptId: table.scriptId, variant: 'a' });
    expect(a?.actualSeconds).toBeCloseTo(spot.durationMs / 1000, 1);
    expect(b).toMatchObject({ owned: 1, fresh: 1, actualSeconds: null });
  });

  it('follows an edit of the lexicon', async () => {
    const table = await openTable({ start: true });
    await table.import('variant,city\na,Leeds\n');
    await table.studio.settled((await table.client.call('render.enqueue', { scriptId: table.scriptId })).id);
    expect((await table.outlook()).variants[0]).toMatchObject({ owned: 2 });
    const entry = { word: 'Leeds', say: 'Leads', language: null, caseSensitive: false };
    await table.client.call('lexicon.set', { projectId: table.projectId, entries: [entry] });
    expect((await table.outlook()).variants[0]).toMatchObject({ owned: 1, fresh: 1 });
  });

  it('of ten thousand rows is worked out without holding anything else up', async () => {
    const table = await openTable();
    const rows = Array.from({ length: 10_000 }, (_, at) => `v${at},City ${at}`);
    await table.import(`variant,city\n${rows.join('\n')}\n`);
    let turns = 0;
    const asked = table.outlook();
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    expect((await asked).variants).toHaveLength(10_000);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
  });
});
