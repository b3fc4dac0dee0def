/** The one way in (dispatch) and the one way out (publish) of the engine, whatever wire carries them. */
import { AppError, toErrorShape, type ErrorShape } from '#contract/errors.ts';
import { events, type EventName, type Events } from '#contract/events.ts';
import { methods, type HandlerOutput, type MethodName, type ParsedInput } from '#contract/methods/index.ts';
import type { Push, Reply } from '#contract/transport.ts';
import type { z } from 'zod';
import type { Logger } from './ports.ts';

export type Handler<N extends MethodName> = (input: ParsedInput<N>) => Promise<HandlerOutput<N>> | HandlerOutput<N>;
export type Handlers = { readonly [N in MethodName]: Handler<N> };

export interface Router {
  /** Validates, runs, validates again. Never rejects: every failure is a reply. */
  dispatch(method: string, input: unknown): Promise<Reply>;
  /** Validates the payload and hands it to every listener, in order, with the next `seq`. Never throws. */
  publish<N extends EventName>(name: N, payload: z.input<Events[N]>): void;
  /** Listeners are called in the order of publishing; returns the function that ends it. */
  subscribe(listener: (push: Push) => void): () => void;
}

const isMethodName = (name: string): name is MethodName => Object.hasOwn(methods, name);

const refuse = (error: ErrorShape): Reply => ({ ok: false, error });

/** Places and reasons only: a value may be a key. */
const describeIssues = (error: z.ZodError): string =>
  error.issues
    .slice(0, 3)
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`))
    .join('; ');

/** Turns the engine's handlers into a router. Errors that are not an AppError reach the logger in full and the caller as `internal`. */
export const createRouter = ({
  handlers,
  logger,
}: {
  readonly handlers: Handlers;
  readonly logger: Logger;
}): Router => {
  const listeners = new Set<(push: Push) => void>();
  const waiting: Push[] = [];
  let delivering = false;
  let seq = 0;

  const failure = (method: MethodName, error: unknown): Reply => {
    if (error instanceof AppError) {
      logger.debug('A method ended with an error.', { method, code: error.code, error });
      return refuse(toErrorShape(error));
    }
    logger.error('A method failed unexpectedly.', { method, error });
    return refuse({
      code: 'internal',
      message: `${method} failed because of a fault in Cuebooth. What was saved before is kept; the log has the details.`,
    });
  };

  const run = async (method: MethodName, input: unknown): Promise<Reply> => {
    const parsed = methods[method].input.safeParse(input);
    if (!parsed.success) {
      return refuse({
        code: 'invalid_input',
        message: `${method} was not run, nothing changed: ${describeIssues(parsed.error)}`,
      });
    }
    const handler = handlers[method] as (input: unknown) => unknown;
    const result = methods[method].output.safeParse(await handler(parsed.data));
    if (result.success) return { ok: true, output: result.data };
    logger.error('A method returned something else than its contract says.', {
      method,
      issues: describeIssues(result.error),
    });
    return refuse({
      code: 'invalid_output',
      message: `${method} was run, but its answer cannot be shown because of a fault in Cuebooth; the log has the details.`,
    });
  };

  // A listener may publish; its push waits its turn, so that no listener sees a later seq first.
  const deliver = (): void => {
    if (delivering) return;
    delivering = true;
    for (let push = waiting.shift(); push !== undefined; push = waiting.shift()) {
      for (const listener of [...listeners]) {
        if (!listeners.has(listener)) continue;
        try {
          listener(push);
        } catch (error) {
          logger.error('A push listener failed.', { event: push.name, error });
        }
      }
    }
    delivering = false;
  };

  return {
    dispatch: async (method, input) => {
      if (!isMethodName(method)) {
        return refuse({
          code: 'unknown_method',
          message: `There is no method named ${JSON.stringify(method)}. Nothing was done.`,
        });
      }
      try {
        return await run(method, input);
      } catch (error) {
        return failure(method, error);
      }
    },
    publish: (name, payload) => {
      const parsed = events[name].safeParse(payload);
      if (!parsed.success) {
        logger.error('An event was not published: its payload breaks the contract.', {
          event: name,
          issues: describeIssues(parsed.error),
        });
        return;
      }
      seq += 1;
      waiting.push({ seq, name, payload: parsed.data });
      deliver();
    },
    subscribe: (listener) => {
      // Wrapped, so that the same function subscribed twice is two listeners.
      const own = (push: Push): void => listener(push);
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
  };
};
