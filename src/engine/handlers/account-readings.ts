import { AppError } from '#contract/errors.ts';
import { listReadings } from '../database/account-readings.ts';
import type { Handlers } from '../router.ts';
import type { EngineContext } from './context.ts';
import { requireWorkspace } from './lookups.ts';

/** As many as a chart has pixels to tell apart, and no more than its description promises. */
const mostPoints = 500;

export const accountReadingsHandlers = ({
  ports: { database },
}: EngineContext): Pick<Handlers, 'account.readings'> => ({
  'account.readings': ({ workspaceId, from, to }) => {
    const { seq } = requireWorkspace(database, workspaceId);
    if (from > to) throw new AppError('invalid_input', 'The period ends before it begins. Nothing was read.');
    return listReadings(database, seq, { from: Math.floor(from), to: Math.ceil(to), points: mostPoints });
  },
});
