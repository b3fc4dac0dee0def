/**
 * Where a list of any length stands behind a scrollbar. A browser draws no element of more than some 17 million pixels
 * (Firefox; Chromium 33), half a million rows: a longer list lies on a shorter strip. Small moves go pixel by pixel as
 * anywhere, big ones (the scrollbar's thumb) to the same part of the list as of the strip; what the two drift apart by
 * small moves is made good when nothing moves.
 */

/** Height of the strip, in px. */
const longestStrip = 15_000_000;
/** A move of more than so many viewports is a jump. */
const jumpViewports = 3;
/** Drift that is made good at once, in px. */
const mostDrift = 40_000;

export interface LongScroll {
  /** The strip's height in px. */
  height(): number;
  /** px from the list's top to the viewport's. */
  offset(): number;
  /** What is added to a row's place in the list to have its place on the strip. */
  shift(): number;
  /** Sizes as they are now; the offset stays where it can. Returns where the scrollbar belongs. */
  resize(total: number, viewport: number): number;
  /** The scrollbar was moved. Returns where it belongs if that is elsewhere. */
  scrolled(scrollTop: number): number | null;
  /** To this offset. Returns where the scrollbar belongs. */
  go(offset: number): number;
  /** Makes good what drifted. Returns where the scrollbar belongs if that is elsewhere. */
  settle(): number | null;
}

export const createLongScroll = (rowHeight: number): LongScroll => {
  let total = 0;
  let viewport = 0;
  let offset = 0;
  let top = 0;

  const full = (): number => total * rowHeight;
  const height = (): number => Math.min(full(), longestStrip);
  const isShort = (): boolean => full() <= longestStrip;
  const most = (): number => Math.max(0, full() - viewport);
  const mostTop = (): number => Math.max(0, height() - viewport);
  const clamp = (value: number): number => Math.max(0, Math.min(value, most()));
  /** The same part of the strip as of the list. */
  const topOf = (at: number): number =>
    isShort() || most() === 0 ? Math.min(at, mostTop()) : Math.round((at / most()) * mostTop());
  const place = (): number => {
    top = topOf(offset);
    return top;
  };

  return {
    height,
    offset: () => offset,
    shift: () => (isShort() ? 0 : Math.round(top - offset)),
    resize: (rows, visible) => {
      total = rows;
      viewport = visible;
      const before = offset;
      offset = clamp(offset);
      return isShort() || before !== offset ? place() : top;
    },
    scrolled: (scrollTop) => {
      const by = scrollTop - top;
      if (Math.abs(by) < 1) return null;
      top = scrollTop;
      if (isShort()) {
        offset = clamp(scrollTop);
        return null;
      }
      if (scrollTop <= 0) offset = 0;
      else if (scrollTop >= mostTop() - 1) offset = most();
      else if (Math.abs(by) <= jumpViewports * viewport) {
        offset = clamp(offset + by);
        if (Math.abs(topOf(offset) - top) > mostDrift) return place();
      } else offset = clamp(Math.round((scrollTop / mostTop()) * most()));
      return null;
    },
    go: (to) => {
      const by = clamp(to) - offset;
      offset = clamp(to);
      // A row further down is a small move as with the wheel.
      if (!isShort() && Math.abs(by) <= jumpViewports * viewport && top + by > 0 && top + by < mostTop()) {
        top += by;
        return top;
      }
      return place();
    },
    settle: () => (isShort() || Math.abs(topOf(offset) - top) < 1 ? null : place()),
  };
};
