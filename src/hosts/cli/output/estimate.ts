/** The price of a render as a block of text, before anybody pays it. */
import type { CreditMeter } from '#contract/account.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import type { Sink } from '../terminal.ts';
import { createPaint } from './paint.ts';
import { padTo } from './width.ts';
import { count, counted, credits, figure, seconds } from './words.ts';

type Estimate = MethodOutput<'render.estimate'>;
type Forecast = Estimate['forecasts'][number];

const shownForecasts = 5;
const shownDetails = 8;

const severity = { overruns: 0, may_overrun: 1, fits: 2 } as const;
const worstFirst = (left: Forecast, right: Forecast): number =>
  severity[left.fit ?? 'fits'] - severity[right.fit ?? 'fits'] || right.seconds - left.seconds;

const lengthRange = (estimate: Estimate): string => {
  const lengths = estimate.forecasts.map((forecast) => forecast.seconds);
  const shortest = Math.min(...lengths);
  const longest = Math.max(...lengths);
  const range = lengths.length === 1 ? seconds(longest) : `${seconds(shortest)} to ${seconds(longest)}`;
  return `${range}, ±${Math.round(estimate.bandPercent)} % (${estimate.bandNote})`;
};

const slotRow = (estimate: Estimate): string => {
  if (estimate.slotSeconds === null) return 'none booked';
  const tally = (fit: Forecast['fit']): number => estimate.forecasts.filter((forecast) => forecast.fit === fit).length;
  const parts = [
    `${count(tally('fits'))} fit`,
    ...(tally('may_overrun') > 0 ? [`${count(tally('may_overrun'))} may overrun`] : []),
    ...(tally('overruns') > 0
      ? [`${count(tally('overruns'))} ${tally('overruns') === 1 ? 'overruns' : 'overrun'}`]
      : []),
  ];
  return `${estimate.slotSeconds} s: ${parts.join(', ')}`;
};

const priceOf = (estimate: Estimate): string => {
  if (estimate.fresh === 0)
    return estimate.open === 0
      ? 'nothing'
      : `nothing new; ${counted(estimate.open, 'line')} queued by an earlier order ${estimate.open === 1 ? 'is' : 'are'} already agreed to`;
  const note = estimate.creditsNote === '' ? '' : ` (${estimate.creditsNote})`;
  return estimate.credits === null ? `unknown${note}` : `${credits(estimate.credits)}${note}`;
};

/** Neighbour text is part of the recipe of a line marked join, so that such a line is shared by fewer variants. */
const joinRows = ({ joinExtra: { units, credits: price } }: Estimate): string[] =>
  units === 0
    ? []
    : [`of these ${count(units)} only because lines are marked join${price === null ? '' : ` (${credits(price)})`}`];

const listed = (title: string, entries: readonly string[], limit = shownDetails): string[] => {
  if (entries.length === 0) return [];
  const more = entries.length > limit ? [`  and ${count(entries.length - limit)} more`] : [];
  return [title, ...entries.slice(0, limit).map((entry) => `  ${entry}`), ...more];
};

/** Only where the vendor's own figure is current, and its plan goes no further than its quota. */
const quotaWords = ({ byWorkspace }: Estimate, meters: readonly CreditMeter[]): string[] =>
  byWorkspace.flatMap(({ workspaceId, workspaceName, credits: price }) => {
    const meter = meters.find((entry) => entry.workspaceId === workspaceId);
    if (meter === undefined || meter.source !== 'vendor' || meter.state !== 'current') return [];
    const { freeCredits, overage } = meter;
    if (price === null || freeCredits === null || price <= freeCredits) return [];
    if (overage.state === 'available' || overage.state === 'in_use') return [];
    const free = Math.max(0, freeCredits);
    return [`${workspaceName} has ${figure(free)} free: about ${count(price - free)} too few; the rest will fail`];
  });

/** `meters`: what is known of the accounts without asking them. Ends with a newline. */
export const formatEstimate = (
  title: string,
  estimate: Estimate,
  sink: Pick<Sink, 'color'>,
  meters: readonly CreditMeter[] = [],
): string => {
  const paint = createPaint(sink);
  const row = (name: string, value: string): string => `  ${paint.dim(padTo(name, 12))}${value}`;
  const open = estimate.open > 0 ? `, ${count(estimate.open)} in the queue already` : '';
  const late = estimate.forecasts
    .filter((forecast) => forecast.fit !== null && forecast.fit !== 'fits')
    .sort(worstFirst);
  const lines = [
    paint.bold(title),
    row(
      'lines',
      `${count(estimate.lines)} in ${counted(estimate.variants, 'variant')}: ${counted(estimate.items, 'item')}, ${count(estimate.distinct)} distinct`,
    ),
    row('owned', `${count(estimate.owned)}${open}`),
    row('new', `${count(estimate.fresh)}, ${counted(estimate.characters, 'character')}`),
    row('cost', priceOf(estimate)),
    ...quotaWords(estimate, meters).map((words) => row('quota', words)),
    ...joinRows(estimate).map((words) => row('', words)),
    ...(estimate.byWorkspace.length > 1
      ? estimate.byWorkspace.map((part) =>
          row(
            '',
            `${part.workspaceName}: ${count(part.fresh)} new, ${part.credits === null ? 'price unknown' : credits(part.credits)}`,
          ),
        )
      : []),
    ...(estimate.forecasts.length === 0 ? [] : [row('length', lengthRange(estimate)), row('slot', slotRow(estimate))]),
    ...listed(
      paint.warn('Longest against the slot:'),
      late.map(
        (forecast) =>
          `${forecast.variant}: ${seconds(forecast.seconds)} (${forecast.lowSeconds.toFixed(1)} to ${seconds(forecast.highSeconds)})${forecast.fit === 'overruns' ? ', overruns' : ', may overrun'}`,
      ),
      shownForecasts,
    ),
    ...listed(
      'Sent in parts:',
      estimate.split.map(
        (split) => `${split.variant}, line ${split.linePosition}: ${counted(split.parts, 'part')} (${split.reason})`,
      ),
    ),
    ...listed(
      'Changed by the lexicon:',
      estimate.lexicon.map((change) => `${change.word} → ${change.say} (${counted(change.count, 'time')})`),
    ),
    ...listed(
      'Not sent, because the voice does not take it:',
      estimate.notSent.map((entry) => `line ${entry.linePosition}: (${entry.direction})`),
    ),
  ];
  return `${lines.join('\n')}\n`;
};
