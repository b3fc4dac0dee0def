/** The Electron host: puts the engine behind a window. Everything with a decision in it lies in the files beside this one. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
} from 'electron';
import { createDirectTransport } from '#client/direct.ts';
import { importSample } from '#client/import-sample.ts';
import { createClient } from '#client/index.ts';
import { readStaticFiles } from '#node/serving/static-files.ts';
import { createLogger, openLogFile } from '#node/logger.ts';
import { findPaths } from '#node/paths.ts';
import { appScheme } from '../channels.ts';
import { guardEveryPage, refusePermissions } from './guards.ts';
import { registerIpc } from './ipc.ts';
import { createLifecycle } from './lifecycle.ts';
import { menuTemplate } from './menu.ts';
import { createElectronPower } from './power.ts';
import { createProgressReporter } from './progress.ts';
import { createSystemProxy } from './proxy.ts';
import { askHowToQuit, describeStartFailure } from './questions.ts';
import { createSchemeHandler, privilegedScheme } from './scheme.ts';
import { openElectronSettings, readWindowPlace } from './settings.ts';
import { openStudio } from './studio.ts';
import { showTray } from './tray.ts';
import { createElectronVault } from './vault.ts';
import { openWindow, placeOf } from './window.ts';

const development = !app.isPackaged;
const paths = findPaths();
const logFile = openLogFile(join(paths.logs, 'cuebooth.log'));
const logger = createLogger({ write: logFile.write, json: true });

const start = async (): Promise<void> => {
  const settings = openElectronSettings(paths.appData);
  const studio = await openStudio({
    folder: paths.defaultLibrary,
    version: app.getVersion(),
    logger,
    settings,
    onLost: (error) => dialog.showErrorBox('The library cannot be opened', describeStartFailure(error)),
    power: createElectronPower({ powerSaveBlocker, powerMonitor, mayBlock: () => settings.get('keepAwake') !== false }),
    proxy: createSystemProxy(session.defaultSession),
    createVault: (nameOf) =>
      createElectronVault({ safeStorage, platform: process.platform, appData: paths.appData, nameOf }),
  });

  let window: BrowserWindow | undefined;
  let hideTray: (() => void) | undefined;
  const show = (): void => {
    hideTray?.();
    hideTray = undefined;
    if (window === undefined || window.isDestroyed()) {
      window = openWindow({
        open: (options) => new BrowserWindow(options),
        areas: [screen.getPrimaryDisplay().workArea, ...screen.getAllDisplays().map(({ workArea }) => workArea)],
        savedPlace: readWindowPlace(settings),
        savePlace: (place) => settings.set('window', place),
        preload: join(import.meta.dirname, '../preload/index.cjs'),
        development,
        onClose: (event) => lifecycle.onWindowClose(event),
      });
      // Windows tells a window, not the app, that the session ends.
      window.on('session-end', () => lifecycle.onSystemShutdown({ preventDefault: () => undefined }));
      return;
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };

  const notify = (note: { readonly title: string; readonly body: string }): void => {
    if (!Notification.isSupported()) return;
    const notification = new Notification(note);
    notification.on('click', show);
    notification.show();
  };
  const progress = createProgressReporter({
    showProgress: (ratio, mode) => {
      if (window !== undefined && !window.isDestroyed())
        window.setProgressBar(ratio ?? -1, { mode: ratio === null ? 'none' : mode });
    },
    notify,
  });
  const lifecycle = createLifecycle({
    isWorking: progress.isWorking,
    hideWindow: () => {
      window?.hide();
      hideTray ??= showTray({ onOpen: show, onQuit: () => app.quit() });
    },
    tellAboutTray: () => {
      if (settings.get('toldAboutTray') === true) return;
      notify({
        title: 'Cuebooth goes on rendering',
        body: 'The window is closed, the work is not: find it in the tray, or quit from there.',
      });
      settings.set('toldAboutTray', true);
    },
    askHowToQuit: () => askHowToQuit(dialog),
    shutdown: studio.shutdown,
    onShutdownFailed: (error) => logger.error('Closing the library failed.', { error }),
    exit: () => {
      // Exiting closes no window in the usual way, so its place would be lost.
      if (window !== undefined && !window.isDestroyed()) settings.set('window', placeOf(window));
      logFile.close();
      app.exit(0);
    },
  });

  studio.router.subscribe(progress.onPush);
  await studio.start();
  const client = createClient(createDirectTransport(studio.router));
  await importSample(client, (name) => readFile(join(app.getAppPath(), 'resources/sample', name), 'utf8')).catch(
    (error: unknown) => logger.warn('The sample campaign could not be read; the studio opens without it.', { error }),
  );
  client.close();
  const lanes = await studio.router.dispatch('queue.lanes', {});
  if (lanes.ok) progress.setTally((lanes.output as { tally: { queued: number; running: number } }).tally);

  const page = () => (window === undefined || window.isDestroyed() ? undefined : window.webContents);
  registerIpc({ ipcMain, router: studio.router, page, logger });
  protocol.handle(
    appScheme,
    createSchemeHandler({
      staticFiles: await readStaticFiles(join(import.meta.dirname, '../renderer')),
      mediaPath: studio.mediaPath,
      saveBlob: studio.saveBlob,
      logger,
    }),
  );
  refusePermissions(session.defaultSession);
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({ platform: process.platform, development })));

  app.on('second-instance', show);
  app.on('activate', show);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('before-quit', (event) => lifecycle.onBeforeQuit(event));
  // Electron hands over an event that its types leave out; refusing it buys the time to park.
  const onShutdown = (...values: readonly unknown[]): void =>
    lifecycle.onSystemShutdown(values[0] as { preventDefault(): void });
  powerMonitor.on('shutdown', onShutdown);
  show();
};

// Both must stand before `ready`.
protocol.registerSchemesAsPrivileged([privilegedScheme]);
app.enableSandbox();

if (app.requestSingleInstanceLock()) {
  guardEveryPage(app, (url) => logger.warn('A page was kept from going elsewhere.', { url }));
  app.setAppUserModelId('studio.cuebooth.app');
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      logger.error('Cuebooth did not start.', { error });
      dialog.showErrorBox('Cuebooth did not start', describeStartFailure(error));
      app.exit(1);
    });
} else app.quit();
