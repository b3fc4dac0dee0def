import ElectronStore from 'electron-store';
import type { MachineSettings } from '#node/machine-settings.ts';

/** The same `settings.json` that the other hosts read. */
export const openElectronSettings = (appData: string): MachineSettings => {
  const store = new ElectronStore<Record<string, unknown>>({
    cwd: appData,
    name: 'settings',
    accessPropertiesByDotNotation: false,
    clearInvalidConfig: true,
  });
  return {
    get: (name) => store.get(name) ?? null,
    set: (name, value) => {
      if (value === null || value === undefined) store.delete(name);
      else store.set(name, value);
    },
  };
};
