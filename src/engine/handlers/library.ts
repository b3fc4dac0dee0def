import { AppError } from '#contract/errors.ts';
import { countRows } from '../database/counts.ts';
import type { EngineContext } from './context.ts';
import type { Handlers } from '../router.ts';
import { inspectLibrary } from '../takes/doctor.ts';

export const libraryHandlers = (
  context: EngineContext,
): Pick<Handlers, 'library.get' | 'library.doctor' | 'library.backup'> => {
  const { ports, options } = context;
  return {
    'library.get': () => ({
      path: options.libraryPath,
      version: options.version,
      readOnly: options.readOnly ?? false,
      person: options.person,
      machine: options.machine,
      counts: countRows(ports.database),
      notices: [...(options.notices ?? [])],
    }),
    'library.doctor': ({ repair }) => inspectLibrary(ports, options.maintenance, repair),
    'library.backup': async () => {
      if (options.maintenance === undefined) {
        throw new AppError(
          'library_read_only',
          'A backup can only be made by the program that has the library open for writing. Nothing was changed.',
        );
      }
      return options.maintenance.backup();
    },
  };
};
