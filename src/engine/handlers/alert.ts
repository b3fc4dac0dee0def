import { AppError } from '#contract/errors.ts';
import { dismissAlert, listAlerts } from '../database/alerts.ts';
import type { EngineContext } from './context.ts';
import type { Handlers } from '../router.ts';

export const alertHandlers = ({
  accounts,
  ports: { database, clock },
}: EngineContext): Pick<Handlers, 'alert.list' | 'alert.dismiss'> => ({
  'alert.list': ({ all, limit }) => listAlerts(database, { all, limit }),
  'alert.dismiss': ({ id }) => {
    if (!database.transaction(() => dismissAlert(database, id, clock.now())))
      throw new AppError('not_found', 'There is no such alert. Nothing was changed.');
    accounts.touched('alert');
    return {};
  },
});
