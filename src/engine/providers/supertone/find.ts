/**
 * What can be learned of a call whose answer was lost. The vendor keeps no list of calls, so nothing is ever found: the
 * balance and the hour's use are put before the person who decides. They prove nothing, since the account is shared and
 * nobody says how fresh they are.
 */
import { ProviderError } from '../provider.ts';
import type { CallContext, Findings, LostCall } from '../provider.ts';
import type { SupertoneClient } from './client.ts';
import { defaultModel } from './models.ts';
import type { Connection } from './settings.ts';
import { type HourUse, readBalance, readHourUse } from './usage.ts';

/** Our clock and the vendor's may differ by this much. */
const clockDoubtMs = 300_000;
const hourMs = 3_600_000;

const shown = (value: number): string => String(Math.round(value * 1e4) / 1e4);

const balanceWords = ({ balanceBefore, estimateCredits }: LostCall, now: number | null): string => {
  const expected = estimateCredits === null ? '' : `; this line would take about ${shown(estimateCredits)}`;
  if (now === null) return `The vendor tells no balance${expected}.`;
  if (balanceBefore === null)
    return `The balance now is ${shown(now)} seconds; what it was before is not known${expected}.`;
  const change = balanceBefore - now;
  const moved =
    change > 0
      ? `${shown(change)} less`
      : change < 0
        ? `${shown(-change)} more`
        : 'the same; a charge may still be on its way';
  return `The balance was ${shown(balanceBefore)} seconds before and is ${shown(now)} now (${moved}${expected}).`;
};

const usageWords = (uses: readonly HourUse[], model: string, fromAt: number, toAt: number): string => {
  const hour = (at: number): string => `${new Date(Math.floor(at / hourMs) * hourMs).toISOString().slice(11, 13)}:00`;
  const period = `From ${hour(fromAt)} to ${hour(toAt + hourMs)} UTC`;
  const sum = (list: readonly HourUse[]): number => list.reduce((total, { minutes }) => total + minutes, 0);
  if (sum(uses) === 0) return `${period} the vendor counts no use at all so far.`;
  const keys = new Set(uses.map(({ apiKey }) => apiKey)).size;
  const own = sum(uses.filter((use) => use.model === model));
  return `${period} the vendor counts ${shown(own)} minutes with ${model}, ${shown(sum(uses))} in all${keys > 1 ? ` by ${keys} keys` : ''}.`;
};

/** Always `absent`. Throws ProviderError when not even the balance can be read. */
export const lookAtFigures = async (
  client: SupertoneClient,
  context: CallContext,
  connection: Connection,
  lost: LostCall,
): Promise<Findings> => {
  const balanceNow = await readBalance(client, context, connection);
  const fromAt = lost.submittedAt - clockDoubtMs;
  const toAt = lost.submittedAt + clockDoubtMs;
  let usage: string;
  try {
    const uses = await readHourUse(client, context, connection, { fromAt, toAt });
    usage = usageWords(uses, lost.recipe.model ?? defaultModel, fromAt, toAt);
  } catch (error) {
    if (!(error instanceof ProviderError) || error.code === 'cancelled') throw error;
    usage = 'The use of that hour could not be read.';
  }
  return {
    kind: 'absent',
    message: `Supertone keeps no list of calls. ${balanceWords(lost, balanceNow)} ${usage} Others may use the account too.`,
    balanceNow,
    candidates: [],
  };
};
