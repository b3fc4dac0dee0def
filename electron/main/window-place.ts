/** Where the window opens: as it was left, as long as that is still on a screen. */

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface WindowPlace extends Rectangle {
  readonly maximized: boolean;
}

export const smallestSize = { width: 960, height: 600 } as const;
const usualSize = { width: 1440, height: 900 } as const;
/** So much of the title bar must be in reach. */
const graspWidth = 120;
const graspHeight = 40;

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(value, Math.max(low, high)));

const inReach = (place: Rectangle, area: Rectangle): boolean =>
  Math.min(place.x + place.width, area.x + area.width) - Math.max(place.x, area.x) >= graspWidth &&
  place.y >= area.y &&
  place.y + graspHeight <= area.y + area.height;

/** `areas` are the screens without docks and bars, the main one first. Without a usable place, the middle of the main screen. */
export const placeWindow = (
  saved: WindowPlace | undefined,
  areas: readonly [Rectangle, ...Rectangle[]],
): WindowPlace => {
  const area = saved === undefined ? undefined : areas.find((candidate) => inReach(saved, candidate));
  if (saved !== undefined && area !== undefined) {
    return {
      ...saved,
      width: clamp(saved.width, smallestSize.width, area.width),
      height: clamp(saved.height, smallestSize.height, area.height),
    };
  }
  const [main] = areas;
  const width = Math.min(usualSize.width, main.width);
  const height = Math.min(usualSize.height, main.height);
  return {
    x: Math.round(main.x + (main.width - width) / 2),
    y: Math.round(main.y + (main.height - height) / 2),
    width,
    height,
    maximized: saved?.maximized ?? false,
  };
};
