import { describe, expect, it } from 'vitest';
import type { ScriptId, VariantTable } from '#contract/entities.ts';
import type { VariantOperation } from '#contract/methods/variant.ts';
import { createMessageStore } from '#renderer/stores/message-store.ts';
import { createNavigationStore } from '#renderer/stores/navigation-store.ts';
import { createUndoStore } from '#renderer/stores/undo-store.ts';
import { createVariantStore } from '#renderer/stores/variant-store.ts';
import { createEngineStandIn, createPlace } from './engine-stand-in.ts';

const scriptId = 'script-1' as ScriptId;
const tableOf = (cities: readonly string[], revision = 1): VariantTable => ({
  scriptId,
  columns: ['variant', 'city'],
  variants: cities.map((city, at) => ({ row: at + 1, name: `v${at + 1}`, values: { city }, voices: {} })),
  problems: [],
  revision,
});

/** An engine that knows one table and applies single cells. */
const start = async (cities = ['Leeds', 'York']) => {
  let table = tableOf(cities);
  let refuses = false;
  const held: (() => void)[] = [];
  let isHeld = false;
  const stand = createEngineStandIn({
    'variant.list': () => table,
    'variant.outlook': () => ({ revision: table.revision, variants: [] }),
    'variant.patch': async (input) => {
      if (isHeld) await new Promise<void>((resolve) => held.push(resolve));
      if (refuses) return { refused: { code: 'invalid_input', message: 'There is no row 9.' } };
      const [step] = input['operations'] as VariantOperation[];
      if (step?.type !== 'set') throw new Error('only cells');
      const variants = [...table.variants];
      const old = variants[step.row - 1];
      if (old === undefined) throw new Error('no row');
      const row = { ...old, values: { city: step.value.trim() } };
      variants[step.row - 1] = row;
      table = { ...table, variants, revision: table.revision + 1 };
      return {
        revision: table.revision,
        rows: [row],
        problems: [],
        table: null,
        undo: [{ type: 'set', row: step.row, column: 'city', value: old.values['city'] ?? '' }],
      };
    },
  });
  const messages = createMessageStore();
  const undo = createUndoStore(messages);
  const navigation = createNavigationStore(createPlace());
  const store = createVariantStore(stand.client, messages, navigation, undo);
  navigation.setState({ scriptId });
  await store.refresh();
  const shown = () => store.getState().table?.variants.map(({ values }) => values['city']);
  const set = (row: number, value: string) => store.patch(`city ${row}`, [{ type: 'set', row, column: 'city', value }]);
  return {
    ...stand,
    store,
    undo,
    messages,
    set,
    cities: shown,
    hold: () => {
      isHeld = true;
    },
    release: () => {
      isHeld = false;
      for (const go of held.splice(0)) go();
    },
    refuse: () => {
      refuses = true;
    },
  };
};

describe('the table of variants on the screen', () => {
  it('shows what was typed before the engine has answered', async () => {
    const engine = await start();
    engine.hold();
    const first = engine.set(1, 'Hull');
    expect(engine.cities()).toEqual(['Hull', 'York']);
    engine.release();
    expect(await first).toBe(true);
    expect(engine.store.getState().table?.revision).toBe(2);
  });

  it('keeps what was typed since when an earlier answer comes', async () => {
    const engine = await start();
    engine.hold();
    const first = engine.set(1, 'Hull');
    const second = engine.set(1, 'Bath');
    engine.release();
    await first;
    expect(engine.cities()).toEqual(['Bath', 'York']);
    await second;
    expect(engine.cities()).toEqual(['Bath', 'York']);
  });

  it('takes a cell back, and puts it back again', async () => {
    const engine = await start();
    await engine.set(2, 'Ely');
    await engine.undo.undo();
    expect(engine.cities()).toEqual(['Leeds', 'York']);
    await engine.undo.redo();
    expect(engine.cities()).toEqual(['Leeds', 'Ely']);
    await engine.undo.undo();
    expect(engine.cities()).toEqual(['Leeds', 'York']);
  });

  it('does not read ten thousand rows again for its own change, and does for another window’s', async () => {
    const engine = await start();
    const read = engine.called('variant.list').length;
    await engine.set(1, 'Hull');
    engine.push('variant.changed', { scriptId, revision: 2 });
    await engine.set(2, 'Ely');
    expect(engine.called('variant.list')).toHaveLength(read);
    engine.push('variant.changed', { scriptId, revision: 9 });
    await expect.poll(() => engine.called('variant.list').length).toBe(read + 1);
  });

  it('says why a change was refused, notes nothing to undo, and shows the table as it is', async () => {
    const engine = await start();
    engine.refuse();
    expect(await engine.set(1, 'Hull')).toBe(false);
    expect(engine.messages.getState().messages[0]?.text).toBe('There is no row 9.');
    expect(engine.undo.getState().done).toEqual([]);
    await expect.poll(engine.cities).toEqual(['Leeds', 'York']);
  });
});
