import { describe, expect, it } from 'vitest';
import { createLaneHealth } from '#engine/queue/lane-health.ts';
import { createLossRounds } from '#engine/queue/loss-rounds.ts';
import { createManualClock } from './manual-clock.ts';

const setup = (options: { readonly random?: number } = {}) => {
  const clock = createManualClock();
  let reachable = false;
  let probes = 0;
  let changes = 0;
  const ids = { next: () => 'id', secret: () => 'secret', random: () => options.random ?? 0.5 };
  const health = createLaneHealth(
    { clock, ids },
    {
      probe: () => {
        probes += 1;
        return reachable ? Promise.resolve() : Promise.reject(new Error('refused'));
      },
      changed: () => {
        changes += 1;
      },
    },
  );
  return { clock, ids, health, come: () => (reachable = true), probes: () => probes, changes: () => changes };
};

describe('a lane that was told to wait', () => {
  it('waits as long as the vendor asked, and tells when it is over', async () => {
    const { clock, health, changes } = setup();
    expect(health.pause(5000)).toBe(clock.now() + 5000);
    expect(health.clear).toBe(false);
    await clock.advance(4999);
    expect(health.pausedUntil).not.toBeNull();
    const before = changes();
    await clock.advance(1);
    expect(health.clear).toBe(true);
    expect(changes()).toBe(before + 1);
    expect(clock.pending()).toBe(0);
  });

  it('never ends a longer pause early because of a shorter one', async () => {
    const { clock, health } = setup();
    health.pause(5000);
    health.pause(100);
    await clock.advance(4999);
    expect(health.clear).toBe(false);
    await clock.advance(1);
    expect(health.clear).toBe(true);
  });

  it('waits longer with each refusal that names no time, until something is answered', () => {
    const { clock, health } = setup({ random: 0 });
    const waits = Array.from({ length: 4 }, () => health.pause(undefined) - clock.now());
    expect(waits).toEqual([50, 100, 200, 400]);
    health.recover();
    expect(health.pause(undefined) - clock.now()).toBe(400);
    expect(setup({ random: 0 }).health.pause(undefined)).toBe(clock.now() + 50);
  });

  it('is not held longer when the calendar is set back meanwhile', async () => {
    const { clock, health } = setup();
    health.pause(1000);
    clock.setBack(86_400_000);
    await clock.advance(1000);
    expect(health.clear).toBe(true);
  });
});

describe('a lane whose vendor cannot be reached', () => {
  it('probes alone, further and further apart, and goes on when the vendor answers', async () => {
    const { clock, health, probes, come } = setup();
    let back = false;
    health.goOffline();
    health.goOffline();
    expect(health.offline).toBe(true);
    void health.reachable().then(() => {
      back = true;
    });
    await clock.advance(100);
    expect(probes()).toBe(1);
    await clock.advance(120_000);
    const apart = probes();
    expect(apart).toBeGreaterThan(10);
    expect(clock.pending()).toBe(1);
    await clock.advance(30_000);
    expect(probes() - apart).toBeLessThanOrEqual(2);
    expect(back).toBe(false);
    come();
    await clock.advance(30_000);
    expect([back, health.offline, health.clear]).toEqual([true, false, true]);
    expect(clock.pending()).toBe(0);
  });

  it('probes at once when asked to, without a second probe beside it', async () => {
    const { clock, health, probes, come } = setup();
    health.goOffline();
    await clock.advance(60_000);
    const before = probes();
    come();
    health.probeNow();
    expect(probes()).toBe(before + 1);
    await clock.advance(0);
    expect(health.offline).toBe(false);
    health.probeNow();
    expect(probes()).toBe(before + 1);
  });
});

describe('a lane whose own disk refuses', () => {
  it('says why, tries again by itself, and waits longer each time', async () => {
    const { clock, health } = setup();
    let tries = 0;
    const again = (): void => {
      void health.block('The disk is full.').then(
        () => {
          tries += 1;
          again();
        },
        () => undefined,
      );
    };
    again();
    expect(health.blockedReason).toBe('The disk is full.');
    await clock.advance(1000);
    expect(tries).toBe(1);
    await clock.advance(1999);
    expect(tries).toBe(1);
    await clock.advance(1);
    expect(tries).toBe(2);
    await clock.advance(300_000);
    expect(tries).toBeLessThan(20);
    health.stop();
    expect(clock.pending()).toBe(0);
  });
});

describe('a lane that is stopped', () => {
  it('ends every wait, keeps no timer, and begins none', async () => {
    const { clock, health } = setup();
    health.pause(1000);
    health.goOffline();
    const waits = [health.reachable(), health.block('The disk is full.')];
    health.stop();
    for (const wait of waits) await expect(wait).rejects.toMatchObject({ name: 'Parked' });
    await expect(health.reachable()).rejects.toMatchObject({ name: 'Parked' });
    await expect(health.block('x')).rejects.toMatchObject({ name: 'Parked' });
    expect(clock.pending()).toBe(0);
  });
});

describe('answers that are lost', () => {
  it('slow the whole lane down only when many are lost in a row', () => {
    const { clock, health } = setup();
    for (let loss = 0; loss < 6; loss += 1) expect(health.lose()).toBe(clock.now());
    expect(health.clear).toBe(true);
    expect(health.lose()).toBeGreaterThan(clock.now());
    expect(health.clear).toBe(false);
  });

  it('of one line end with a person, but only while its neighbours get through', () => {
    const { clock, ids } = setup();
    const alone = createLossRounds({ clock, ids });
    for (let loss = 0; loss < 50; loss += 1) expect(alone.lost(1).givesUp).toBe(false);
    const among = createLossRounds({ clock, ids });
    const verdicts: boolean[] = [];
    for (let loss = 0; loss < 15; loss += 1) {
      among.answered();
      verdicts.push(among.lost(1).givesUp);
    }
    expect(verdicts.slice(0, 11)).not.toContain(true);
    expect(verdicts.at(-1)).toBe(true);
    among.over(1);
    expect(among.lost(1).givesUp).toBe(false);
  });
});
