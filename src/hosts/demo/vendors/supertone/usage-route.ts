/** Balance, use of a day by voice, and use by hour or day with a breakdown. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { cut, send } from '../common/answer.ts';
import { fraction } from '../common/dice.ts';
import type { Use } from './ledger.ts';
import { authorized, bare } from './world.ts';
import type { Complain, World } from './world.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const mostDays = 30;
const dimensions = ['voice_id', 'voice_name', 'api_key', 'model'] as const;
type Dimension = (typeof dimensions)[number];

/** To eight decimals, as the vendor writes minutes. */
const minutesOf = (uses: readonly Use[]): number =>
  Math.round((uses.reduce((sum, { seconds }) => sum + seconds, 0) / 60) * 1e8) / 1e8;

const groupBy = (uses: readonly Use[], nameOf: (use: Use) => string): readonly (readonly Use[])[] => {
  const groups = new Map<string, Use[]>();
  for (const use of uses) {
    const name = nameOf(use);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [use]);
    else group.push(use);
  }
  return [...groups.values()];
};

export const createUsageRoute = (world: World, complain: Complain) => {
  const { clock, dice, ledger, options } = world;
  let asked = 0;

  const nameOf = (voice: string): string =>
    world.presets().find(({ voice_id }) => voice_id === voice)?.name ?? world.own.get(voice)?.name ?? voice;
  const counted = (from: number, to: number): readonly Use[] => {
    const until = clock.now() - options().usageDelayMs;
    return ledger.uses().filter(({ at }) => at >= from && at < to && at <= until);
  };

  const ofVoices = (res: ServerResponse, query: URLSearchParams): void => {
    const [from, to] = ['start_date', 'end_date'].map((name) => {
      const day = query.get(name) ?? '';
      return /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
    });
    if (from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to) || to < from)
      return complain(res, 400, 'start_date and end_date must be YYYY-MM-DD');
    if ((to - from) / dayMs + 1 > mostDays) return complain(res, 400, 'Maximum inquiry period is 30 days');
    const dayOf = ({ at }: Use) => new Date(at).toISOString().slice(0, 10);
    const groups = groupBy(counted(from, to + dayMs), (use) =>
      [dayOf(use), use.voice, use.style, use.language, use.model].join('\0'),
    );
    const usages = groups.flatMap((uses) => {
      const [use] = uses;
      if (use === undefined) return [];
      const { voice, style, language, model } = use;
      return [
        {
          date: dayOf(use),
          voice_id: voice,
          name: nameOf(voice),
          style,
          language,
          model,
          total_minutes_used: minutesOf(uses),
        },
      ];
    });
    send(res, 200, { usages: usages.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)) });
  };

  const inBuckets = (res: ServerResponse, query: URLSearchParams): void => {
    const from = Date.parse(query.get('start_time') ?? '');
    const to = Date.parse(query.get('end_time') ?? '');
    const width = query.get('bucket_width') ?? 'day';
    const breakdown = query.getAll('breakdown_type').flatMap((list) => list.split(','));
    const pageSize = Number(query.get('page_size') ?? 10);
    const skip = Number(query.get('next_page_token') ?? 0);
    const isKnown = (name: string): name is Dimension => dimensions.some((one) => one === name);
    if (Number.isNaN(from) || Number.isNaN(to) || (width !== 'hour' && width !== 'day'))
      return complain(res, 400, 'start_time and end_time must be RFC3339');
    if (!breakdown.every(isKnown) || (breakdown.includes('voice_id') && breakdown.includes('voice_name')))
      return complain(res, 400, 'breakdown_type is not valid');
    if (!(pageSize >= 1 && pageSize <= 20)) return complain(res, 400, 'page_size must be from 1 to 20');
    const step = width === 'hour' ? hourMs : dayMs;
    const read: Readonly<Record<Dimension, (use: Use) => string>> = {
      voice_id: ({ voice }) => voice,
      voice_name: ({ voice }) => nameOf(voice),
      // The specification says "API key used" and no more: a client must be ready for the key itself.
      api_key: () => options().apiKey,
      model: ({ model }) => model,
    };
    const first = Math.floor(from / step) * step;
    const total = Math.max(0, Math.ceil((to - first) / step));
    const data = Array.from({ length: Math.max(0, Math.min(pageSize, total - skip)) }, (_, index) => {
      const start = first + (skip + index) * step;
      const groups = groupBy(counted(start, start + step), (use) =>
        breakdown.map((name) => read[name](use)).join('\0'),
      );
      return {
        starting_at: new Date(start).toISOString(),
        ending_at: new Date(start + step).toISOString(),
        results: groups.map((uses) => ({
          minutes_used: minutesOf(uses),
          ...Object.fromEntries(breakdown.flatMap((name) => uses.slice(0, 1).map((use) => [name, read[name](use)]))),
        })),
      };
    });
    const end = skip + data.length;
    send(res, 200, { data, total, next_page_token: end < total ? String(end) : null });
  };

  return (req: IncomingMessage, res: ServerResponse, url: URL): void => {
    world.count('figures');
    asked += 1;
    if (dice.strikes('figuresTrouble', `${url.pathname}:${asked}`)) {
      if (fraction(`${asked}`) < 0.5) return cut(res);
      return bare(res, 500);
    }
    const key = authorized(req, options().apiKey);
    // These declare their errors without a body; only /v1/usage has one.
    if (!key) return url.pathname === '/v1/usage' ? complain(res, 401, 'Invalid API Key') : bare(res, 401);
    if (url.pathname === '/v1/usage') return inBuckets(res, url.searchParams);
    if (url.pathname === '/v1/voice-usage') return ofVoices(res, url.searchParams);
    const { balance } = options();
    send(res, 200, { balance: balance === null ? null : balance - ledger.chargedCredits() });
  };
};
