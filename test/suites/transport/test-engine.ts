/** A real router over a handful of handlers, and a push channel that can be made to lose something. */
import { methods } from '#contract/methods/index.ts';
import { AppError } from '#contract/errors.ts';
import { createRouter, type Handlers, type Router } from '#engine/router.ts';
import type { Logger } from '#engine/ports.ts';

export interface LogLine {
  readonly level: keyof Logger;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>> | undefined;
}

export const createLog = (): { readonly logger: Logger; readonly lines: LogLine[] } => {
  const lines: LogLine[] = [];
  const at =
    (level: keyof Logger): Logger['info'] =>
    (message, fields) => {
      lines.push({ level, message, fields });
    };
  return { lines, logger: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') } };
};

const notHere = Object.fromEntries(
  Object.keys(methods).map((name) => [
    name,
    () => {
      throw new Error(`${name} is no part of this test`);
    },
  ]),
) as unknown as Handlers;

export const secretKey = 'sk-never-leaves-a1b2';

export interface TestEngine {
  readonly router: Router;
  /** What the wires are given: the router, less the pushes that were told to get lost. */
  readonly engine: Pick<Router, 'dispatch' | 'subscribe'>;
  readonly log: readonly LogLine[];
  loseNextPush(): void;
  listeners(): number;
}

export const createTestEngine = (handlers: Partial<Handlers> = {}): TestEngine => {
  const { logger, lines } = createLog();
  const router = createRouter({
    logger,
    handlers: {
      ...notHere,
      'project.ensure': ({ name }) => ({ id: `project-${name}` as never, name, createdAt: 1, scriptCount: 0 }),
      'project.list': () => [
        // What a careless handler would return: more than the contract names.
        {
          id: 'p1' as never,
          name: 'Spring',
          createdAt: 1,
          scriptCount: 2,
          apiKey: secretKey,
          nested: { apiKey: secretKey },
        },
      ],
      'library.backup': () => {
        throw new Error(`no space for ${secretKey}`);
      },
      'library.get': () => ({ path: 7 }) as never,
      'render.get': ({ renderId }) => {
        throw new AppError('not_found', `There is no render ${renderId}.`, {
          details: { secretKey },
          action: { type: 'retry' },
        });
      },
      ...handlers,
    },
  });
  let losing = 0;
  const listeners = new Set<object>();
  return {
    router,
    log: lines,
    loseNextPush: () => {
      losing += 1;
    },
    listeners: () => listeners.size,
    engine: {
      dispatch: router.dispatch,
      subscribe: (listener) => {
        const token = {};
        listeners.add(token);
        const end = router.subscribe((push) => {
          if (losing > 0) losing -= 1;
          else listener(push);
        });
        return () => {
          listeners.delete(token);
          end();
        };
      },
    },
  };
};
