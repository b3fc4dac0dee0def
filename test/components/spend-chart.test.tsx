// The chart and the table beside it are two drawings of the same figures.
import { afterEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { createStore } from 'zustand/vanilla';
import type { UsageRow } from '#contract/account.ts';
import type { WorkspaceId } from '#contract/entities.ts';
import { StudioContext } from '#renderer/app/studio-context.ts';
import { stacksOf } from '#renderer/figures/stacks.ts';
import { drawnData } from '#renderer/screens/usage/spend-chart.tsx';
import { SpendCard } from '#renderer/screens/usage/spend-card.tsx';
import type { Studio } from '#renderer/stores/studio.ts';
import { type Mounted, mount } from './mount.tsx';

let mounted: Mounted | undefined;
afterEach(() => mounted?.unmount());

const row = (day: string, voice: string, credits: number, source: UsageRow['source'] = 'ledger'): UsageRow => ({
  labels: [day, voice],
  ids: [day, voice],
  workspaceId: 'main' as WorkspaceId,
  provider: 'elevenlabs',
  source,
  credits,
  characters: credits,
  seconds: credits,
  minutes: null,
  takes: 1,
});
const steps = ['2026-03-01', '2026-03-02', '2026-03-03'];
const [stack] = stacksOf({
  rows: [row('2026-03-01', 'Nova', 1200), row('2026-03-01', 'Otto', 300), row('2026-03-03', 'Otto', 40)],
  vendorRows: [row('2026-03-01', 'main', 1600, 'vendor')],
  steps,
  measure: 'cost',
  dimension: 'voice',
  source: 'both',
  unitOf: () => 'credits',
  restLabel: 'The rest',
});

const draw = () => {
  if (stack === undefined) throw new Error('There is nothing to draw.');
  const went: unknown[] = [];
  const studio = {
    appearance: createStore(() => ({ theme: 'dark' })),
    navigation: { go: (to: unknown) => went.push(to) },
  } as unknown as Studio;
  mounted = mount(
    <StudioContext value={studio}>
      <SpendCard
        stack={stack}
        title="ElevenLabs"
        measure="cost"
        dimension="voice"
        range={{ from: '2026-03-01', to: '2026-03-03' }}
        workspaceId={null}
      />
    </StudioContext>,
  );
  return { went };
};
const cellsOf = (day: string): string[] => {
  const rows = [...document.querySelectorAll('[role="row"]')];
  const found = rows.find((one) => one.querySelector('[role="gridcell"]')?.textContent === day);
  return [...(found?.querySelectorAll('[role="gridcell"]') ?? [])].map((cell) => cell.textContent ?? '');
};

it('has every figure of the chart in the table beside it, the newest day first', async () => {
  draw();
  await expect.element(page.getByRole('img', { name: /ElevenLabs: 1,540 credits/ })).toBeVisible();
  await expect.poll(() => document.querySelector('canvas')).not.toBeNull();
  expect(cellsOf('1 Mar')).toEqual(['1 Mar', '1,500', '1,600', '1,200', '300']);
  expect(cellsOf('2 Mar')).toEqual(['2 Mar', '–', '–', '–', '–']);
  expect(cellsOf('3 Mar')).toEqual(['3 Mar', '40', '–', '–', '40']);
  // What the canvas draws: piles from the topmost down, and the vendor's figure.
  const [, total, nova, vendor] = drawnData(stack as never, stack?.layers ?? []);
  expect([total, nova, vendor]).toEqual([
    [1500, 0, 40],
    [1200, 0, 0],
    [1600, null, null],
  ]);
});

it('hides a layer in both when it is taken out of the legend', async () => {
  draw();
  const otto = page.getByRole('list', { name: 'Layers shown' }).getByRole('button', { name: /Otto/ });
  await expect.element(otto).toHaveAttribute('aria-pressed', 'true');
  await otto.click();
  await expect.element(otto).toHaveAttribute('aria-pressed', 'false');
  await expect.element(page.getByRole('img', { name: /ElevenLabs: 1,200 credits/ })).toBeVisible();
  expect(cellsOf('1 Mar')).toEqual(['1 Mar', '1,200', '1,600']);
  expect(cellsOf('3 Mar')).toEqual(['3 Mar', '–', '–']);
});

it('leads from a figure to its takes', async () => {
  const { went } = draw();
  await page.getByRole('button', { name: '300', exact: true }).click();
  expect(went).toEqual([
    {
      room: 'history',
      query: {
        from: String(Date.UTC(2026, 2, 1)),
        to: String(Date.UTC(2026, 2, 2)),
        workspace: 'main',
        voice: 'Otto',
      },
    },
  ]);
});
