import type { ScriptId } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import type { Session } from '../session.ts';
import { scriptPath } from './prepare.ts';

/** By the path as typed, the id or the title. Throws `not_found` with what there is. */
export const findScript = async (session: Session, named: string): Promise<ScriptId> => {
  const scripts = await session.client.call('script.list', {});
  const path = scriptPath(named);
  const found =
    scripts.find((script) => script.path === path || script.id === named) ??
    scripts.find((script) => script.title === named);
  if (found !== undefined) return found.id;
  const known = scripts
    .slice(0, 10)
    .map((script) => script.path)
    .join(', ');
  throw new AppError(
    'not_found',
    `There is no script ${JSON.stringify(named)} in this library.${known === '' ? '' : ` There are: ${known}.`}`,
  );
};
