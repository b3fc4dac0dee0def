import { describe, expect, it } from 'vitest';
import { createKeyLimits } from '#engine/queue/key-limits.ts';

const setup = () => {
  let now = 0;
  const limits = createKeyLimits({ monotonic: () => now });
  return { limits, advance: (ms: number) => (now += ms) };
};
const place = { group: 'standard', otherwise: 2, perMinute: null };

describe('what a vendor allows one key', () => {
  it('is shared by every lane that has the key, and by no other', () => {
    const { limits } = setup();
    const first = limits.enter('key', place);
    expect(limits.enter('key', place)).not.toBeNull();
    expect(limits.enter('key', place)).toBeNull();
    expect(limits.enter('other key', place)).not.toBeNull();
    first?.();
    expect(limits.enter('key', place)).not.toBeNull();
  });

  it('gives a place back once, however often it is left', () => {
    const { limits } = setup();
    const leave = limits.enter('key', { ...place, otherwise: 1 });
    leave?.();
    leave?.();
    expect(limits.enter('key', { ...place, otherwise: 1 })).not.toBeNull();
    expect(limits.enter('key', { ...place, otherwise: 1 })).toBeNull();
  });

  it('follows what the headers say, group by group', () => {
    const { limits } = setup();
    expect(limits.learned('key')).toBeNull();
    limits.learn('key', 'standard', { current: 1, maximum: 3 });
    limits.learn('key', 'turbo', { current: null, maximum: 6 });
    limits.learn('key', 'turbo', { current: 2, maximum: null });
    expect(limits.learned('key')).toBe(9);
    const entered = Array.from({ length: 5 }, () => limits.enter('key', place)).filter((leave) => leave !== null);
    expect(entered).toHaveLength(3);
    expect(limits.enter('key', { ...place, group: 'turbo' })).not.toBeNull();
  });

  it('counts the calls of the last minute, whichever lane made them', () => {
    const { limits, advance } = setup();
    const minute = { group: '', otherwise: 100, perMinute: 2 };
    limits.enter('key', minute)?.();
    advance(10_000);
    limits.enter('key', minute)?.();
    expect(limits.enter('key', minute)).toBeNull();
    expect(limits.waitMs('key', 2)).toBe(50_000);
    advance(50_000);
    expect(limits.waitMs('key', 2)).toBe(0);
    expect(limits.enter('key', minute)).not.toBeNull();
    expect(limits.enter('key', minute)).toBeNull();
  });
});
