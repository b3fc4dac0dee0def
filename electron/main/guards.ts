/** What a page may not do: go elsewhere, open windows, embed pages, ask for devices. */
import type { App, Session, WebContents } from 'electron';
import { isAppUrl } from '../channels.ts';

export const refuseNavigation = (
  contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>,
  onRefused: (url: string) => void,
): void => {
  contents.setWindowOpenHandler(({ url }) => {
    onRefused(url);
    return { action: 'deny' };
  });
  contents.on('will-frame-navigate', (event) => {
    // Our own shell may reload; frames inside it have no business anywhere.
    if (event.isMainFrame && isAppUrl(event.url)) return;
    event.preventDefault();
    onRefused(event.url);
  });
  contents.on('will-redirect', (event) => {
    event.preventDefault();
    onRefused(event.url);
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    onRefused('webview');
  });
};

/** The page needs none: audio plays and text is copied without a permission. */
export const refusePermissions = (
  session: Pick<
    Session,
    | 'setPermissionRequestHandler'
    | 'setPermissionCheckHandler'
    | 'setDevicePermissionHandler'
    | 'setDisplayMediaRequestHandler'
  >,
): void => {
  session.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permission === 'clipboard-sanitized-write'),
  );
  session.setPermissionCheckHandler((_contents, permission) => permission === 'clipboard-sanitized-write');
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
};

/** For every page that is ever made, also one that nobody meant to make. */
export const guardEveryPage = (app: Pick<App, 'on'>, onRefused: (url: string) => void): void => {
  app.on('web-contents-created', (_event, contents) => refuseNavigation(contents, onRefused));
};
