import { useCallback } from 'react';
import { useStudio } from '../../app/studio-context.ts';
import { isOwnFormat, isTable } from '../../stores/import-store.ts';

/**
 * Files on their way in. Our own format holds nothing to guess: it is saved as it is. A table alone goes to the open
 * script's variants where that tab is open; everything else shows first what was understood.
 */
export const useTakeFiles = (): ((files: readonly File[]) => void) => {
  const { imports, projects, navigation, variants } = useStudio();
  return useCallback(
    (files) => {
      if (files.length === 0) return;
      const { scripts, projects: all } = projects.getState();
      const { scriptId, tab } = navigation.getState();
      const target = scripts.find(({ id }) => id === scriptId)?.projectId ?? all[0]?.id;
      const take = async (): Promise<void> => {
        if (target !== undefined && files.every(isOwnFormat)) {
          for (const file of files) await projects.importScript(target, file);
        } else if (scriptId !== null && tab === 'variants' && files.length === 1 && files.every(isTable)) {
          for (const file of files) await variants.importFile(file);
        } else await imports.take(files);
      };
      void take();
    },
    [imports, projects, navigation, variants],
  );
};
