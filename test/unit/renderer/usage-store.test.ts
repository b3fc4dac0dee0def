import { describe, expect, it } from 'vitest';
import type { Budget } from '#contract/account.ts';
import { createMessageStore } from '#renderer/stores/message-store.ts';
import { createPreferenceStore } from '#renderer/stores/preference-store.ts';
import { createUndoStore } from '#renderer/stores/undo-store.ts';
import { createUsageStore } from '#renderer/stores/usage-store.ts';
import { createEngineStandIn } from './engine-stand-in.ts';

const now = Date.UTC(2026, 2, 15, 12);
const budget = (part: Partial<Budget> = {}): Budget => ({
  id: 'b1',
  name: 'Spring',
  projectId: null,
  person: 'Mara',
  workspaceId: null,
  period: 'month',
  warnCredits: 100,
  stopCredits: 200,
  spentCredits: 0,
  heldCredits: 0,
  state: 'ok',
  createdAt: 1,
  ...part,
});

const setUp = (over: Parameters<typeof createEngineStandIn>[0] = {}, layout: unknown = {}) => {
  let budgets: Budget[] = [budget()];
  let made = 1;
  const engine = createEngineStandIn({
    'usage.query': () => ({ rows: [] }),
    'usage.export': () => ({ fileName: 'usage.csv', text: 'day,credits\r\n' }),
    'usage.sync': () => [{ workspaceId: 'w', workspaceName: 'main', days: 1, rows: 1, message: 'No answer.' }],
    'preference.list': () => ({ layout }),
    'preference.set': () => ({}),
    'budget.list': () => budgets,
    'budget.set': (input) => {
      const id = (input['id'] as string | undefined) ?? `b${(made += 1)}`;
      const saved = budget({ ...(input as Partial<Budget>), id });
      budgets = [...budgets.filter((known) => known.id !== id), saved];
      return saved;
    },
    'budget.remove': ({ id }) => {
      budgets = budgets.filter((known) => known.id !== id);
      return {};
    },
    ...over,
  });
  const messages = createMessageStore();
  const undo = createUndoStore(messages);
  const preferences = createPreferenceStore(engine.client, messages);
  const started = Date.UTC(2026, 2, 4);
  const usage = createUsageStore(
    engine.client,
    messages,
    undo,
    preferences,
    () => started,
    () => now,
  );
  return { engine, messages, undo, preferences, usage, names: () => budgets.map(({ id, name }) => [id, name]) };
};
const settled = (usage: ReturnType<typeof setUp>['usage']): Promise<void> =>
  new Promise((resolve) => {
    const check = (): boolean => usage.getState().status === 'ready';
    if (check()) return resolve();
    const end = usage.subscribe(() => {
      if (!check()) return;
      end();
      resolve();
    });
  });

describe('what was spent', () => {
  it('is not asked for before anybody looks', async () => {
    const { engine, usage } = setUp();
    await usage.refresh();
    engine.push('usage.changed', { workspaceId: null });
    expect(engine.called('usage.query')).toEqual([]);
  });

  it('is asked for the billing period at first, and for as many days before it', async () => {
    const { engine, usage } = setUp();
    usage.open();
    await settled(usage);
    const inputs = engine.called('usage.query').map(({ input }) => input);
    expect(usage.getState().figures?.range).toEqual({ from: '2026-03-04', to: '2026-03-15' });
    expect(inputs).toContainEqual({ from: '2026-02-20', to: '2026-03-03', by: ['workspace'], source: 'both' });
    expect(inputs).toContainEqual({ from: '2026-03-04', to: '2026-03-15', by: ['day', 'voice'], source: 'both' });
  });

  it('follows the choice, which is kept for the next time', async () => {
    const { engine, usage } = setUp();
    usage.open();
    await settled(usage);
    usage.choose({ period: 'custom', from: '2024-03-16', to: '2026-03-15', by: 'person', workspaceId: 'main' });
    expect(usage.getState().status).toBe('loading');
    await settled(usage);
    expect(engine.called('usage.query').map(({ input }) => input)).toContainEqual({
      from: '2024-03-16',
      to: '2026-03-15',
      by: ['month', 'person'],
      source: 'both',
      workspaceId: 'main',
    });
    expect(engine.called('preference.set').at(-1)?.input).toMatchObject({
      value: { usage: { period: 'custom', by: 'person' } },
    });
  });

  it('opens with what was chosen last, and with the usual where that cannot be read', async () => {
    const kept = setUp({}, { usage: { period: 'year', measure: 'nonsense' } });
    await kept.preferences.refresh();
    kept.usage.open();
    expect(kept.usage.getState().choice).toMatchObject({ period: 'year', measure: 'cost', by: 'voice' });
  });

  it('exports what is shown, in the same range and split', async () => {
    const { engine, usage } = setUp();
    usage.open();
    await settled(usage);
    expect(await usage.exportText('csv')).toEqual({ fileName: 'usage.csv', text: 'day,credits\r\n' });
    expect(engine.called('usage.export')[0]?.input).toEqual({
      from: '2026-03-04',
      to: '2026-03-15',
      by: ['day', 'voice'],
      source: 'both',
      format: 'csv',
    });
  });

  it('says which vendor did not answer when it is asked for its days', async () => {
    const { usage, messages } = setUp();
    await usage.sync();
    expect(messages.getState().messages.map(({ text }) => text)).toEqual(['main: No answer.']);
    expect(usage.getState().syncing).toBe(false);
  });
});

describe('a budget', () => {
  it('that was removed comes back by undo, and goes again by redo, though its id is another', async () => {
    const { usage, undo, names } = setUp();
    await usage.budgets.refresh();
    await usage.budgets.remove(budget());
    expect(names()).toEqual([]);
    await undo.undo();
    expect(names()).toEqual([['b2', 'Spring']]);
    await undo.redo();
    expect(names()).toEqual([]);
    await undo.undo();
    expect(names()).toEqual([['b3', 'Spring']]);
  });

  it('that was made or changed is as before by undo', async () => {
    const { usage, undo, names } = setUp();
    await usage.budgets.refresh();
    expect(await usage.budgets.save({ name: 'Autumn', stopCredits: 10 })).toBeNull();
    expect(await usage.budgets.save({ ...budget(), name: 'Late spring' }, 'b1')).toBeNull();
    expect(names()).toEqual([
      ['b2', 'Autumn'],
      ['b1', 'Late spring'],
    ]);
    await undo.undo();
    await undo.undo();
    expect(names()).toEqual([['b1', 'Spring']]);
  });

  it('that is refused says why beside its form, and nothing is to be undone', async () => {
    const refused = {
      refused: { code: 'invalid_input' as const, message: 'A budget cannot warn after it has stopped.' },
    };
    const { usage, undo } = setUp({ 'budget.set': () => refused });
    expect(await usage.budgets.save({ name: 'Odd' })).toBe('A budget cannot warn after it has stopped.');
    expect(undo.getState().done).toEqual([]);
  });
});
