import { afterEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { drawProgram } from '#renderer/audio/peaks.ts';
import type { Step } from '#renderer/audio/timeline.ts';
import { Waveform } from '#renderer/components/waveform.tsx';
import { TimedText } from '#renderer/screens/review/timed-text.tsx';
import { type Mounted, mount } from './mount.tsx';

let mounted: Mounted | undefined;
afterEach(() => mounted?.unmount());

const step = { takeId: 't', title: '', text: '', leadingMs: 0, trailingMs: 0, durationMs: 2000 } as unknown as Step;
/** Loud in its first half, silent in its second. */
const outline = drawProgram(
  [step],
  () => ({
    durationMs: 2000,
    peaks: Array.from({ length: 400 }, (_, at) => (at < 200 ? (at % 2 === 0 ? -0.8 : 0.8) : 0)),
  }),
  2,
);
const colourAt = (canvas: HTMLCanvasElement, share: number): number => {
  const pen = canvas.getContext('2d');
  const x = Math.floor(canvas.width * share);
  const pixels = pen?.getImageData(x, Math.floor(canvas.height * 0.3), 8, 1).data ?? new Uint8ClampedArray();
  return Math.max(...[...pixels].filter((_, at) => at % 4 === 3));
};

it('draws the outline that was measured at once, and a click seeks to its place', async () => {
  const seek = vi.fn<(seconds: number) => void>();
  mounted = mount(<Waveform outline={outline} totalSeconds={2} seconds={0} height={120} theme="dark" onSeek={seek} />);
  const element = mounted.element;
  await expect
    .poll(() => element.firstElementChild?.firstElementChild?.shadowRoot?.querySelector('canvas'))
    .toBeTruthy();
  const host = element.firstElementChild?.firstElementChild as HTMLElement;
  const canvas = host.shadowRoot?.querySelector('canvas') as HTMLCanvasElement;
  expect(colourAt(canvas, 0.2)).toBeGreaterThan(0);
  expect(colourAt(canvas, 0.8)).toBe(0);
  const box = host.getBoundingClientRect();
  await userEvent.click(host, { position: { x: box.width * 0.25, y: 60 } });
  expect(seek).toHaveBeenCalled();
  expect(seek.mock.calls[0]?.[0]).toBeCloseTo(0.5, 1);
});

it('lays words under their sound where they have room, and a click goes to the word', async () => {
  const seek = vi.fn<(seconds: number) => void>();
  const words = [
    { text: 'Welcome', startSeconds: 0, endSeconds: 0.6 },
    { text: 'home', startSeconds: 1, endSeconds: 1.5 },
  ];
  mounted = mount(<TimedText words={words} seconds={1.2} totalSeconds={2} onSeek={seek} />);
  const home = page.getByRole('button', { name: 'Go to “home”' });
  await expect.element(home).toBeVisible();
  await expect.poll(() => Math.round((home.element().getBoundingClientRect().left / window.innerWidth) * 10)).toBe(5);
  await expect.element(home).toHaveAttribute('aria-current', 'true');
  await userEvent.click(page.getByRole('button', { name: 'Go to “Welcome”' }));
  expect(seek).toHaveBeenCalledWith(0);
});
