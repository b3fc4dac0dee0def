import { beforeEach, describe, expect, it } from 'vitest';
import type { CreditMeter, RunOutForecast } from '#contract/account.ts';
import type { WorkspaceId } from '#contract/entities.ts';
import { ageWords, freeWords, runOutSentence, runOutShort } from '#renderer/components/credit-words.ts';
import { meterShares } from '#renderer/components/credit-meter.tsx';
import { createAccountStore, mostPressingFirst } from '#renderer/stores/account-store.ts';
import { createMessageStore } from '#renderer/stores/message-store.ts';
import { createEngineStandIn } from './engine-stand-in.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 2, 15, 12);
const meter = (name: string, part: Partial<CreditMeter> = {}): CreditMeter => ({
  workspaceId: name as WorkspaceId,
  workspaceName: name,
  provider: 'elevenlabs',
  costUnit: 'credits',
  source: 'vendor',
  state: 'current',
  message: null,
  plan: null,
  usedCredits: 600,
  limitCredits: 1000,
  remainingCredits: 400,
  heldCredits: 100,
  freeCredits: 300,
  seenCredits: 590,
  overage: { state: 'unknown', limitCredits: null, current: null },
  resetAt: now + 10 * day,
  periodStartAt: null,
  openInvoices: 0,
  forecast: null,
  readAt: now - 120_000,
  ...part,
});
const forecast = (lastsUntilReset: 'yes' | 'may' | 'no' | null, days: number | null): CreditMeter['forecast'] => ({
  perDay: 40,
  perDayLow: 30,
  perDayHigh: 60,
  days: 14,
  runsOutAt: days === null ? null : now + days * day,
  earliestAt: days === null ? null : now + (days - 1) * day,
  latestAt: days === null ? null : now + (days + 2) * day,
  lastsUntilReset,
});

describe('the account shown in the bar', () => {
  it('is the one closest to running out, and free voices are none', () => {
    const order = mostPressingFirst([
      meter('scratch', { costUnit: 'free' }),
      meter('retired', { state: 'retired', freeCredits: 1 }),
      meter('seen', { source: 'seen', freeCredits: null, limitCredits: null }),
      meter('half full'),
      meter('fuller', { freeCredits: 100 }),
      meter('in five days', { forecast: forecast('no', 5) }),
      meter('perhaps', { forecast: forecast('may', 3) }),
      meter('in two days', { forecast: forecast('no', 2) }),
      meter('empty', { freeCredits: 0 }),
    ]);
    expect(order.map(({ workspaceName }) => workspaceName)).toEqual([
      'empty',
      'in two days',
      'in five days',
      'perhaps',
      'fuller',
      'half full',
      'retired',
      'seen',
    ]);
  });
});

describe('the account store', () => {
  let time = now;
  let focus: () => void = () => undefined;
  let meters: readonly CreditMeter[];
  let answer: () => unknown;
  const page = {
    addEventListener: (name: string, listener: () => void) => {
      if (name === 'focus') focus = listener;
    },
  } as unknown as Window;
  const setUp = async () => {
    const engine = createEngineStandIn({ 'account.meters': () => meters, 'account.refresh': () => answer() });
    const messages = createMessageStore();
    const store = createAccountStore(engine.client, messages, page, () => time);
    await store.refresh();
    return { engine, messages, store };
  };
  beforeEach(() => {
    time = now;
    meters = [meter('main'), meter('agency', { source: 'seen' })];
    answer = () => meters;
  });

  it('starts with what the engine knows, without asking a vendor', async () => {
    const { engine, store } = await setUp();
    expect(store.getState()).toMatchObject({ status: 'ready', meters });
    expect(engine.called('account.refresh')).toEqual([]);
  });

  it('takes a pushed meter in its place, and a new one after the others', async () => {
    const { engine, store } = await setUp();
    engine.push('account.changed', { meter: meter('main', { usedCredits: 700 }) });
    engine.push('account.changed', { meter: meter('other') });
    expect(store.getState().meters.map(({ workspaceName, usedCredits }) => [workspaceName, usedCredits])).toEqual([
      ['main', 700],
      ['agency', 600],
      ['other', 600],
    ]);
  });

  it('asks the vendors when the window comes back, at most once a minute, and says nothing of a failure', async () => {
    const { engine, messages } = await setUp();
    answer = () => ({ refused: { code: 'provider_offline', message: 'No answer.' } });
    focus();
    time += 59_000;
    focus();
    expect(engine.called('account.refresh')).toHaveLength(1);
    time += 2_000;
    focus();
    await Promise.resolve();
    expect(engine.called('account.refresh')).toHaveLength(2);
    expect(messages.getState().messages).toEqual([]);
  });

  it('asks nobody on coming back where no vendor tells', async () => {
    meters = [meter('agency', { source: 'seen' }), meter('scratch', { costUnit: 'free' })];
    const { engine } = await setUp();
    focus();
    expect(engine.called('account.refresh')).toEqual([]);
  });

  it('reads on wish, and keeps the reason beside the figures when that fails', async () => {
    const { engine, store } = await setUp();
    answer = () => [meter('main', { usedCredits: 900 })];
    const done = store.readNow();
    expect(store.getState().reading).toBe(true);
    await store.readNow();
    await done;
    expect(engine.called('account.refresh')).toHaveLength(1);
    expect(store.getState()).toMatchObject({ reading: false, failure: null, meters: [{ usedCredits: 900 }, {}] });

    answer = () => ({ refused: { code: 'provider_offline', message: 'No answer.' } });
    await store.readNow('main' as WorkspaceId);
    expect(engine.called('account.refresh').at(-1)?.input).toEqual({ workspaceId: 'main' });
    expect(store.getState()).toMatchObject({
      reading: false,
      failure: 'No answer.',
      meters: [{ usedCredits: 900 }, {}],
    });
  });
});

describe('the words of a meter', () => {
  it('say when it runs out, with the range', () => {
    expect(runOutShort(forecast('no', 5), now)).toBe('runs out ~20 Mar');
    expect(runOutShort(forecast('may', 5), now)).toBe('may run out ~19 Mar');
    expect(runOutShort(forecast('no', 0.5), now)).toBe('gone within a day');
    expect(runOutShort(forecast('yes', 5), now)).toBe('');
    expect(runOutSentence(forecast('no', 5), now)).toBe(
      'Runs out about 20 Mar before the reset (19 Mar to 22 Mar) at 40 a day, the pace of the last 14 days.',
    );
    const oneDay = { ...forecast('no', 5), earliestAt: now + 5 * day, latestAt: now + 5 * day };
    expect(runOutSentence(oneDay as RunOutForecast, now)).toBe(
      'Runs out about 20 Mar before the reset at 40 a day, the pace of the last 14 days.',
    );
    expect(runOutSentence(forecast('yes', 5), now)).toContain('Lasts until the reset');
    expect(runOutSentence(forecast(null, null), now)).toContain('Does not run out within a year');
    expect(runOutSentence(null, now)).toContain('Too little was spent');
  });

  it('say how old the figure is and why', () => {
    expect(ageWords(meter('main'), now)).toBe('2 min ago');
    expect(ageWords(meter('main', { state: 'offline', readAt: now - 3 * day }), now)).toBe('offline, 3 days ago');
    expect(ageWords(meter('main', { state: 'unread', readAt: null }), now)).toBe('never read');
    expect(ageWords(meter('main', { source: 'seen' }), now)).toBe('as this app saw it');
  });

  it('never call spent what is free', () => {
    expect(freeWords(meter('main'))).toBe('300 free');
    expect(freeWords(meter('agency', { source: 'seen', freeCredits: null, seenCredits: 12 }))).toBe('12 spent');
    expect(freeWords(meter('main', { freeCredits: null, state: 'unread' }))).toBe('not read yet');
  });
});

describe('the bar of a meter', () => {
  it('never holds more than there is', () => {
    expect(meterShares(meter('main'))).toEqual({ used: 0.6, held: 0.1, isLow: false });
    expect(meterShares(meter('over', { usedCredits: 1300, heldCredits: 50, freeCredits: -350 }))).toEqual({
      used: 1,
      held: 0,
      isLow: true,
    });
    expect(meterShares(meter('seen', { limitCredits: null }))).toBeNull();
  });
});
