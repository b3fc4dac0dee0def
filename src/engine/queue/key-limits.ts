/**
 * What a vendor allows one API key, whichever lane asks: requests at a time per concurrency group, learned from the
 * headers of its answers, and calls a minute where it counts those. Two workspaces with the same key share both.
 */
import type { Clock } from '../ports.ts';
import type { SeenConcurrency } from '../providers/provider.ts';

export interface KeyLimits {
  /** Takes a place; null when there is none now. The function that comes back gives it back, once. */
  enter(key: string, place: Place): (() => void) | null;
  /** How long until a call of this minute's allowance is free again, in ms; 0: at once. */
  waitMs(key: string, perMinute: number | null): number;
  learn(key: string, group: string, seen: SeenConcurrency): void;
  /** Requests at a time that the key's groups allow in all; null before the first answer. */
  learned(key: string): number | null;
}
export interface Place {
  readonly group: string;
  /** Until the vendor says otherwise. */
  readonly otherwise: number;
  readonly perMinute: number | null;
}

interface Group {
  inFlight: number;
  maximum: number | null;
}
const minuteMs = 60_000;

export const createKeyLimits = (clock: Pick<Clock, 'monotonic'>): KeyLimits => {
  const keys = new Map<string, { readonly groups: Map<string, Group>; sentAt: number[] }>();
  const keyOf = (key: string) => {
    const known = keys.get(key) ?? { groups: new Map<string, Group>(), sentAt: [] };
    keys.set(key, known);
    return known;
  };
  const groupOf = (key: string, name: string): Group => {
    const { groups } = keyOf(key);
    const group = groups.get(name) ?? { inFlight: 0, maximum: null };
    groups.set(name, group);
    return group;
  };
  const waitMs = (key: string, perMinute: number | null): number => {
    if (perMinute === null) return 0;
    const state = keyOf(key);
    const now = clock.monotonic();
    state.sentAt = state.sentAt.filter((at) => now - at < minuteMs);
    if (state.sentAt.length < perMinute) return 0;
    const oldest = state.sentAt[state.sentAt.length - perMinute] ?? now;
    return Math.max(1, minuteMs - (now - oldest));
  };

  return {
    waitMs,
    enter: (key, place) => {
      const group = groupOf(key, place.group);
      if (group.inFlight >= Math.max(1, group.maximum ?? place.otherwise)) return null;
      if (waitMs(key, place.perMinute) > 0) return null;
      if (place.perMinute !== null) keyOf(key).sentAt.push(clock.monotonic());
      group.inFlight += 1;
      let inside = true;
      return () => {
        if (!inside) return;
        inside = false;
        group.inFlight -= 1;
      };
    },
    learn: (key, name, { maximum }) => {
      if (maximum !== null && maximum >= 1) groupOf(key, name).maximum = Math.floor(maximum);
    },
    learned: (key) => {
      const known = [...keyOf(key).groups.values()].flatMap(({ maximum }) => maximum ?? []);
      return known.length === 0 ? null : known.reduce((sum, maximum) => sum + maximum, 0);
    },
  };
};
