import { AppError } from '#contract/errors.ts';
import { dismissAlert, listAlerts, restoreAlert } from '../database/alerts.ts';
import type { EngineContext } from './context.ts';
import type { Handlers } from '../router.ts';

export const alertHandlers = ({
  accounts,
  ports: { database, clock },
}: EngineContext): Pick<Handlers, 'alert.list' | 'alert.dismiss' | 'alert.restore'> => {
  const change = (done: () => boolean): Record<string, never> => {
    if (!database.transaction(done)) throw new AppError('not_found', 'There is no such alert. Nothing was changed.');
    accounts.touched('alert');
    return {};
  };
  return {
    'alert.list': ({ all, limit }) => listAlerts(database, { all, limit }),
    'alert.dismiss': ({ id }) => change(() => dismissAlert(database, id, clock.now())),
    'alert.restore': ({ id }) => change(() => restoreAlert(database, id)),
  };
};
