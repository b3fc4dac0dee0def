/** The place work goes on in while the window is closed. */
import { Menu, nativeImage, Tray } from 'electron';
import { drawTrayIcon, trayIconSize } from './tray-icon.ts';

export interface TrayParts {
  readonly onOpen: () => void;
  readonly onQuit: () => void;
}

/** Returns the function that takes it away. */
export const showTray = ({ onOpen, onQuit }: TrayParts): (() => void) => {
  const icon = nativeImage.createFromBitmap(drawTrayIcon(), {
    width: trayIconSize,
    height: trayIconSize,
    scaleFactor: 2,
  });
  const tray = new Tray(icon);
  tray.setToolTip('Cuebooth is rendering');
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: 'Open Cuebooth', click: onOpen },
      { type: 'separator' },
      { label: 'Quit', click: onQuit },
    ]),
  );
  tray.on('click', onOpen);
  return () => tray.destroy();
};
