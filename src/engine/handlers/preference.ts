import type { z } from 'zod';
import type { EngineContext } from './context.ts';
import type { Handlers } from '../router.ts';

type Json = z.infer<ReturnType<typeof z.json>>;
/** Beside these, the machine's settings hold the hosts' own, which are nobody's preference. */
const prefix = 'preference-';

export const preferenceHandlers = (context: EngineContext): Pick<Handlers, 'preference.list' | 'preference.set'> => {
  const memory = new Map<string, unknown>();
  const settings = context.options.settings ?? {
    get: (name: string) => memory.get(name) ?? null,
    names: () => [...memory.keys()],
    set: (name: string, value: unknown) => {
      if (value === null) memory.delete(name);
      else memory.set(name, value);
    },
  };
  return {
    'preference.list': () =>
      Object.fromEntries(
        settings
          .names()
          .filter((name) => name.startsWith(prefix))
          .map((name) => [name.slice(prefix.length), settings.get(name) as Json]),
      ),
    'preference.set': ({ name, value }) => {
      settings.set(`${prefix}${name}`, value);
      context.publish('preference.changed', { name });
      return {};
    },
  };
};
