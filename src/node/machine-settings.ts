/** Settings of this machine (window, recent libraries, appearance); a library's own lie in its `settings.json`. */
export interface MachineSettings {
  /** Null when it was never set. Dots in a name mean nothing. */
  get(name: string): unknown;
  names(): readonly string[];
  /** Any JSON value; null removes it. */
  set(name: string, value: unknown): void;
}

/** Opens `settings.json` in the app-data folder. Loaded late: few commands need it. */
export const openMachineSettings = async (appData: string): Promise<MachineSettings> => {
  const { default: Conf } = await import('conf');
  const store = new Conf<Record<string, unknown>>({
    cwd: appData,
    configName: 'settings',
    accessPropertiesByDotNotation: false,
    // A file that someone broke by hand costs the window's place, not the start of the app.
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

/** Settings that end with the process. */
export const createMemorySettings = (): MachineSettings => {
  const kept = new Map<string, unknown>();
  return {
    get: (name) => kept.get(name) ?? null,
    names: () => [...kept.keys()],
    set: (name, value) => {
      if (value === null || value === undefined) kept.delete(name);
      else kept.set(name, value);
    },
  };
};
