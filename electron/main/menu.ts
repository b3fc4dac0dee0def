import type { MenuItemConstructorOptions } from 'electron';

export interface MenuParts {
  readonly platform: NodeJS.Platform;
  /** Adds reloading and the inspector. */
  readonly development: boolean;
}

/** The menu each system expects, by roles alone: commands of the product live in the window. */
export const menuTemplate = ({ platform, development }: MenuParts): MenuItemConstructorOptions[] => {
  const separator = { type: 'separator' } as const;
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { role: 'fileMenu' },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        ...(development ? [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
      ],
    },
    { role: 'windowMenu' },
  ];
};
