import ElectronStore from 'electron-store';
import { z } from 'zod';
import type { MachineSettings } from '#node/machine-settings.ts';
import type { WindowPlace } from './window-place.ts';

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
    names: () => Object.keys(store.store),
    set: (name, value) => {
      if (value === null || value === undefined) store.delete(name);
      else store.set(name, value);
    },
  };
};

const Place = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int(), maximized: z.boolean() });

/** Undefined at the first start, and where someone edited it into something else. */
export const readWindowPlace = (settings: MachineSettings): WindowPlace | undefined =>
  Place.safeParse(settings.get('window')).data;
