/** Where things lie on this machine. */
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';

export interface Paths {
  /** Keys' ciphertext, machine settings. `CUEBOOTH_APP_DATA` moves it. */
  readonly appData: string;
  readonly logs: string;
  /** `CUEBOOTH_LIBRARY`, else `library` in the app-data folder. */
  readonly defaultLibrary: string;
}

/** The same folders for every host, so that the CLI and the desktop app meet in one library. */
export const findPaths = (environment: Readonly<Record<string, string | undefined>> = process.env): Paths => {
  const system = envPaths('Cuebooth', { suffix: '' });
  const moved = environment['CUEBOOTH_APP_DATA'];
  const appData = moved === undefined || moved === '' ? system.data : resolve(moved);
  const library = environment['CUEBOOTH_LIBRARY'];
  return {
    appData,
    logs: moved === undefined || moved === '' ? system.log : join(appData, 'logs'),
    defaultLibrary: library === undefined || library === '' ? join(appData, 'library') : resolve(library),
  };
};
