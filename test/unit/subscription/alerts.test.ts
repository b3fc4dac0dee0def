import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  countOpenAlerts,
  dismissAlert,
  listAlerts,
  updateAlerts,
  type AlertCondition,
} from '#engine/database/alerts.ts';
import { openUsageRows, type UsageRows } from '#test/unit/usage/usage-rows.ts';

let rows: UsageRows;
let made = 0;
beforeEach(() => {
  rows = openUsageRows();
  made = 0;
});
afterEach(() => rows.remove());

const low = (given: Partial<AlertCondition> = {}): AlertCondition => ({
  kind: 'low_credits',
  subject: 'w1',
  level: 'warning',
  workspaceSeq: 1,
  message: '90 credits left.',
  ...given,
});
const update = (at: number, ...conditions: AlertCondition[]): boolean =>
  rows.database.transaction(() => updateAlerts(rows.database, conditions, () => `a${(made += 1)}`, at));
const list = (all = false) => listAlerts(rows.database, { all, limit: 100 });

describe('an alert', () => {
  it('is made once for its subject and condition, and follows the figures', () => {
    expect(update(1, low())).toBe(true);
    expect(update(2, low())).toBe(false);
    expect(update(3, low({ message: '80 credits left.' }))).toBe(true);
    expect(update(4, low({ message: '80 credits left.' }), low({ subject: 'w2', workspaceSeq: 2 }))).toBe(true);
    expect(list()).toEqual([
      expect.objectContaining({ id: 'a2', workspaceId: 'w2' }),
      expect.objectContaining({
        id: 'a1',
        workspaceId: 'w1',
        message: '80 credits left.',
        createdAt: 1,
        endedAt: null,
      }),
    ]);
  });

  it('ends when it is no longer true, is kept, and comes back as a new one', () => {
    update(1, low());
    expect(update(2)).toBe(true);
    expect(list()).toEqual([]);
    expect(list(true)).toEqual([expect.objectContaining({ id: 'a1', endedAt: 2 })]);
    update(3, low());
    expect(list().map(({ id }) => id)).toEqual(['a2']);
    expect(list(true)).toHaveLength(2);
  });

  it('that was dismissed stays away while it is true, and rings again when it comes back', () => {
    update(1, low());
    expect(dismissAlert(rows.database, 'a1', 5)).toBe(true);
    expect(dismissAlert(rows.database, 'a1', 6)).toBe(true);
    expect(dismissAlert(rows.database, 'nobody', 6)).toBe(false);
    update(7, low({ message: '10 credits left.' }));
    expect(countOpenAlerts(rows.database)).toBe(0);
    expect(list(true)).toEqual([expect.objectContaining({ dismissedAt: 5, endedAt: null })]);
    update(8);
    update(9, low());
    expect(countOpenAlerts(rows.database)).toBe(1);
  });

  it('at the edge is neither made nor ended', () => {
    expect(update(1, low({ onlyKeeps: true }))).toBe(false);
    update(2, low());
    expect(update(3, low({ onlyKeeps: true, message: '110 credits left.' }))).toBe(false);
    expect(list()).toHaveLength(1);
  });
});
