/** The one window: sandboxed, shown when there is something to see, found again where it was left. */
import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { appUrl } from '../channels.ts';
import { placeWindow, smallestSize, type Rectangle, type WindowPlace } from './window-place.ts';

export interface WindowParts {
  readonly open: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  /** Work areas, the main screen first. */
  readonly areas: readonly [Rectangle, ...Rectangle[]];
  readonly savedPlace: WindowPlace | undefined;
  readonly savePlace: (place: WindowPlace) => void;
  /** Absolute path of the built preload. */
  readonly preload: string;
  readonly development: boolean;
  readonly onClose: (event: { preventDefault(): void }) => void;
}

export const windowOptions = (
  place: WindowPlace,
  { preload, development }: Pick<WindowParts, 'preload' | 'development'>,
): BrowserWindowConstructorOptions => ({
  x: place.x,
  y: place.y,
  width: place.width,
  height: place.height,
  minWidth: smallestSize.width,
  minHeight: smallestSize.height,
  show: false,
  title: 'Cuebooth',
  // The dark theme's ground, so that opening does not flash.
  backgroundColor: '#131416',
  webPreferences: {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: development,
    // Audio starts from the keyboard and goes on from take to take.
    autoplayPolicy: 'no-user-gesture-required',
  },
});

/** As it is when it is neither maximised nor minimised. */
export const placeOf = (window: Pick<BrowserWindow, 'getNormalBounds' | 'isMaximized'>): WindowPlace => ({
  ...window.getNormalBounds(),
  maximized: window.isMaximized(),
});

export const openWindow = (parts: WindowParts): BrowserWindow => {
  const place = placeWindow(parts.savedPlace, parts.areas);
  const window = parts.open(windowOptions(place, parts));
  window.once('ready-to-show', () => {
    if (place.maximized) window.maximize();
    window.show();
  });
  window.on('close', (event) => {
    parts.savePlace(placeOf(window));
    parts.onClose(event);
  });
  void window.loadURL(appUrl);
  return window;
};
