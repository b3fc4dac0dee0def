import { describe, expect, it } from 'vitest';
import { menuTemplate } from '#electron/main/menu.ts';
import { drawTrayIcon, trayIconSize } from '#electron/main/tray-icon.ts';
import { placeWindow, smallestSize, type WindowPlace } from '#electron/main/window-place.ts';
import { windowOptions } from '#electron/main/window.ts';

const main = { x: 0, y: 25, width: 1920, height: 1055 };
const second = { x: 1920, y: 0, width: 2560, height: 1440 };
const left: WindowPlace = { x: 2000, y: 100, width: 1200, height: 800, maximized: true };

describe('the window', () => {
  it('opens where it was left, also on the second screen', () => {
    expect(placeWindow(left, [main, second])).toEqual(left);
  });
  it('opens in the middle of the main screen when the other one is gone, and stays maximised', () => {
    expect(placeWindow(left, [main])).toEqual({ x: 240, y: 103, width: 1440, height: 900, maximized: true });
  });
  it('opens in the middle at the first start', () => {
    expect(placeWindow(undefined, [main])).toMatchObject({ x: 240, maximized: false });
  });
  it.each([
    ['above the screen', { x: 100, y: -500 }],
    ['with its title bar below the screen', { x: 100, y: 1070 }],
    ['but for a sliver beside the screen', { x: 1900, y: 100 }],
  ])('comes back from %s', (_where, place) => {
    expect(placeWindow({ ...left, ...place }, [main])).toMatchObject({ x: 240, y: 103 });
  });
  it('is never larger than its screen nor smaller than its contents', () => {
    expect(placeWindow({ ...left, x: 0, y: 25, width: 9000, height: 9000 }, [main])).toMatchObject({
      width: 1920,
      height: 1055,
    });
    expect(placeWindow({ ...left, x: 0, y: 25, width: 300, height: 300 }, [main])).toMatchObject(smallestSize);
  });
  it('fits a small screen at the first start', () => {
    expect(placeWindow(undefined, [{ x: 0, y: 0, width: 1280, height: 720 }])).toMatchObject({
      x: 0,
      y: 0,
      width: 1280,
      height: 720,
    });
  });

  it.each([true, false])('runs its page in the sandbox, apart from Node (development: %s)', (development) => {
    expect(windowOptions(left, { preload: '/p.cjs', development }).webPreferences).toMatchObject({
      preload: '/p.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
  });
  it('has no inspector for users', () => {
    expect(windowOptions(left, { preload: '/p.cjs', development: false }).webPreferences?.devTools).toBe(false);
    expect(JSON.stringify(menuTemplate({ platform: 'linux', development: false }))).not.toContain('toggleDevTools');
  });
  it('has the menus that its system expects', () => {
    const roles = (platform: NodeJS.Platform) =>
      menuTemplate({ platform, development: false }).map(({ role, label }) => role ?? label);
    expect(roles('darwin')).toEqual(['appMenu', 'fileMenu', 'editMenu', 'View', 'windowMenu']);
    expect(roles('linux')).toEqual(['fileMenu', 'editMenu', 'View', 'windowMenu']);
  });
  it('draws a disc for the tray: opaque in the middle, clear in the corners', () => {
    const pixels = drawTrayIcon();
    const alphaAt = (x: number, y: number): number | undefined => pixels[(y * trayIconSize + x) * 4 + 3];
    expect([pixels.length, alphaAt(16, 16), alphaAt(0, 0), alphaAt(31, 31)]).toEqual([
      trayIconSize ** 2 * 4,
      255,
      0,
      0,
    ]);
  });
});
