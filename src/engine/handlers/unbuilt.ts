import { AppError } from '#contract/errors.ts';
import type { MethodName } from '#contract/methods/index.ts';
import type { Handlers } from '../router.ts';

export const unbuilt = <N extends MethodName>(...names: readonly N[]): Pick<Handlers, N> => {
  const refuse = (): never => {
    throw new AppError('internal', 'This part is not built yet.');
  };
  return Object.fromEntries(names.map((name) => [name, refuse])) as unknown as Pick<Handlers, N>;
};
