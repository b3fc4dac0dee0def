import { describe, expect, it } from 'vitest';
import type { RecipeHash } from '#contract/entities.ts';
import { buildEstimate } from '#engine/scripts/estimate.ts';
import { expand } from '#engine/scripts/expand.ts';
import type { ExpandedItem } from '#engine/scripts/expansion.ts';
import { createForecaster } from '#engine/scripts/forecast.ts';
import { orderOf, plainRules, variant, type Order } from './expansion-fixture.ts';

const joining = { settings: ['speed'], neighbours: true } as const;
const scriptOf = (body: string): string => `---\ncast:\n  A: scratch/slt\n  B: scratch/rms\n---\n${body}\n`;
const orderWith = (body: string, order: Order = {}) => orderOf(scriptOf(body), { rules: joining, ...order });
const itemsOf = (body: string, order: Order = {}): readonly ExpandedItem[] => [...expand(orderWith(body, order))];
const contextOf = (item: ExpandedItem | undefined): unknown =>
  item?.recipe.kind === 'speech' ? item.recipe.settings : null;

describe('a line marked join', () => {
  it('takes what the same character says before and after it into its recipe', () => {
    const items = itemsOf('A: First.\nA {join: true}: Second.\nA: Third.');
    expect(contextOf(items[1])).toEqual({ previous_text: 'First.', next_text: 'Third.' });
    expect(contextOf(items[0])).toEqual({});
    expect(items[1]?.settingsNotSent).toEqual([]);
  });

  it('ends at another speaker and looks past lines that say nothing', () => {
    const items = itemsOf('B: Other.\nA {join: true}: Mine.\nA: [pause 1s]\nA: Next.');
    expect(contextOf(items.find(({ text }) => text === 'Mine.'))).toEqual({ next_text: 'Next.' });
  });

  it('keeps its recipe when only this line is ordered again', () => {
    const whole = orderWith('A: First.\nA {join: true}: Second.\nA: Third.');
    const all = [...expand(whole)];
    const again = [...expand({ ...whole, allLines: whole.lines, lines: whole.lines.slice(1, 2) })];
    expect(again[0]?.recipeHash).toBe(all[1]?.recipeHash);
  });

  it('is reported as not sent by a model that takes no neighbours, and leaves the recipe alone', () => {
    const plain = itemsOf('A: First.\nA: Second.', { rules: plainRules });
    const marked = itemsOf('A: First.\nA {join: true}: Second.', { rules: plainRules });
    expect(marked[1]?.settingsNotSent).toEqual(['join']);
    expect(marked[1]?.recipeHash).toBe(plain[1]?.recipeHash);
  });

  it('gives the parts of a long text to each other as neighbours', () => {
    const items = itemsOf('A: Before.\nA {join: true}: One two. Three four.\nA: After.', {
      rules: { ...joining, limit: 12 },
    });
    expect(items[1]?.parts.map(({ recipe }) => recipe.settings)).toEqual([
      { previous_text: 'Before.', next_text: 'Three four.' },
      { previous_text: 'One two.', next_text: 'After.' },
    ]);
  });

  it('shows in the estimate what it costs beyond the shared line', () => {
    const variants = ['Rome', 'Oslo', 'Bonn'].map((city) => variant(city, { city }));
    const estimateOf = (body: string) =>
      buildEstimate(itemsOf(body, { variants }), {
        slotSeconds: null,
        forecaster: createForecaster(new Map()),
        problems: [],
        takeNumbers: (_hash: RecipeHash) => [1],
        ownership: () => 'fresh',
        workspace: () => ({ name: 'scratch', provider: 'scratch', isFree: false }),
        credits: (_workspace, { text }) => text.length,
      });
    const shared = estimateOf('A: Hello {{city}}.\nA: Only this week.');
    const joined = estimateOf('A: Hello {{city}}.\nA {join: true}: Only this week.');
    expect(shared.joinExtra).toEqual({ units: 0, credits: 0 });
    expect(joined.joinExtra).toEqual({ units: 2, credits: 2 * 'Only this week.'.length });
    expect(joined.fresh - shared.fresh).toBe(joined.joinExtra.units);
  });
});
