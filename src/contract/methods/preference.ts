import { z } from 'zod';
import type { MethodShape } from './method.ts';

/** What a person set up on this machine: shortcuts, language, layout. Any JSON value up to 64 KiB. */
export const preferenceMethods = {
  'preference.list': { kind: 'query', input: z.object({}), output: z.record(z.string(), z.json()) },
  /** Null takes it away. */
  'preference.set': {
    kind: 'command',
    input: z.object({
      name: z.string().regex(/^[a-z][a-zA-Z0-9-]{0,60}$/),
      value: z.json().refine((value) => JSON.stringify(value).length <= 65_536, 'A setting holds 64 KiB at most.'),
    }),
    output: z.object({}),
  },
} as const satisfies Record<string, MethodShape>;
