/** How smoothly a page scrolls: the times between its frames while the wheel turns or the scrollbar is dragged. */
import type { CDPSession, Page } from '@playwright/test';

const collected = `(() => {
  const times = [];
  let last = performance.now();
  let isOn = true;
  const next = (now) => {
    times.push(now - last);
    last = now;
    if (isOn) requestAnimationFrame(next);
  };
  requestAnimationFrame((now) => { last = now; requestAnimationFrame(next); });
  globalThis.endFrames = () => { isOn = false; return times; };
})()`;

export const startFrames = async (page: Page): Promise<() => Promise<number[]>> => {
  await page.evaluate(collected);
  return () => page.evaluate('globalThis.endFrames()') as Promise<number[]>;
};

const grid = '[role="grid"]';
/** The wheel, smoothly down through the list: `rows` of 34 px in about `seconds`. */
export const wheel = async (page: Page, session: CDPSession, rows: number, seconds: number): Promise<number[]> => {
  const box = await page.locator(grid).boundingBox();
  if (box === null) throw new Error('There is no list on the page.');
  const end = await startFrames(page);
  await session.send('Input.synthesizeScrollGesture', {
    x: Math.round(box.x + box.width / 2),
    y: Math.round(box.y + box.height / 2),
    yDistance: -rows * 34,
    speed: Math.round((rows * 34) / seconds),
    gestureSourceType: 'mouse',
  });
  return end();
};
/** The scrollbar's thumb, once through the whole list within so many frames. */
export const drag = async (page: Page, frames: number): Promise<number[]> => {
  const end = await startFrames(page);
  await page.evaluate(
    `new Promise((resolve) => {
      const list = document.querySelector('${grid}');
      let frame = 0;
      const next = () => {
        list.scrollTop = ((list.scrollHeight - list.clientHeight) * frame) / ${frames};
        frame += 1;
        if (frame > ${frames}) resolve(); else requestAnimationFrame(next);
      };
      next();
    })`,
  );
  return end();
};
