import { AppError } from '#contract/errors.ts';
import { exportsFolder } from '../exports.ts';
import { exportLibrary } from '../library/export.ts';
import { stageLibrary, stagingFolder } from '../library/restore.ts';
import { cleanUp, inspectMedia, previewsFolder, sizeOfFolder, sumUnreferenced } from '../library/storage.ts';
import type { WholeLibrary } from '../whole-library.ts';
import type { Handlers } from '../router.ts';
import type { EngineContext } from './context.ts';

const databaseFiles = ['library.db', 'library.db-wal', 'library.db-shm'] as const;

export const libraryStorageHandlers = (
  context: EngineContext,
): Pick<Handlers, 'library.storage' | 'library.cleanUp' | 'library.export' | 'library.restore' | 'library.goBack'> => {
  const { ports, options, publish } = context;
  const { maintenance } = options;
  let underWay: string | null = null;

  const wholeOf = (what: string): WholeLibrary => {
    if (maintenance?.whole !== undefined && options.readOnly !== true) return maintenance.whole;
    throw new AppError(
      'library_read_only',
      `${what} only by the program that has the library open for writing. Nothing was changed.`,
    );
  };
  /** One at a time: each of them counts on the files staying as they are. */
  const alone = async <T>(what: string, run: () => Promise<T>): Promise<T> => {
    if (underWay !== null)
      throw new AppError('conflict', `${underWay} is under way. Nothing was changed; try again when it is done.`);
    underWay = what;
    try {
      return await run();
    } finally {
      underWay = null;
    }
  };

  return {
    'library.storage': async () => {
      let databaseBytes = 0;
      for (const name of databaseFiles) databaseBytes += (await ports.files.size(name)) ?? 0;
      const report = await inspectMedia(ports);
      return {
        path: options.libraryPath,
        databaseBytes,
        media: report.media,
        unreferenced: sumUnreferenced(report),
        previews: await sizeOfFolder(ports, previewsFolder),
        exports: await sizeOfFolder(ports, exportsFolder),
        backups: [...((await maintenance?.backups()) ?? [])],
        putAside: [...((await maintenance?.whole?.putAside()) ?? [])],
        freeBytes: (await maintenance?.whole?.freeBytes()) ?? null,
      };
    },
    'library.cleanUp': ({ what }) => {
      if (options.readOnly === true) wholeOf('The library can be cleaned up');
      return alone('A clean-up', () => cleanUp(ports, new Set(what)));
    },
    'library.export': () => {
      const whole = wholeOf('The library can be exported');
      return alone('An export of the library', () => exportLibrary(ports, whole, publish, options.version));
    },
    'library.restore': ({ blobId }) => {
      const whole = wholeOf('The library can be restored');
      return alone('A restore of the library', async () => {
        const file = await whole.uploadedFile(blobId);
        if (file === null)
          throw new AppError('not_found', 'The uploaded file is gone. Nothing was changed; choose the file again.');
        // The upload goes either way: it would be put aside with this library.
        const staged = await stageLibrary(ports, whole, publish, file).finally(() => whole.dropUpload(blobId));
        return { ...staged, ...(await whole.exchange(stagingFolder)) };
      });
    },
    'library.goBack': ({ file }) => {
      const whole = wholeOf('A backup can be put in place');
      return alone('Going back to a backup', () => whole.goBack(file));
    },
  };
};
