import { describe, expect, it } from 'vitest';
import { faultMixes, mixesThatMayAsk } from '#hosts/demo/vendors/elevenlabs/mixes.ts';
import type { Faults } from '#hosts/demo/vendors/elevenlabs/options.ts';
import { bytesOf, setUp, sha256 } from './elevenlabs-setup.ts';

describe('a fault', () => {
  const cases: readonly (readonly [keyof Faults, billed: number, seen: number | 'cut'])[] = [
    ['rateLimitExceeded', 0, 429],
    ['rateLimitConcurrent', 0, 429],
    ['rateLimitBusy', 0, 429],
    ['errorBefore', 0, 500],
    ['errorNotCharged', 0, 500],
    ['errorAfter', 1, 500],
    ['cutBefore', 0, 'cut'],
    ['cutAfter', 1, 'cut'],
  ];
  it.each(cases)('%s leaves %i on the books, and the third try gets through', async (fault, billed, seen) => {
    const { server, speak } = await setUp({ faults: { [fault]: 1 }, errorShape: 'current' });
    const tries: (number | 'cut')[] = [];
    for (let i = 0; i < 3; i += 1)
      tries.push(
        await speak('Spring is here.').then(
          ({ status }) => status,
          () => 'cut' as const,
        ),
      );
    expect(tries).toEqual([seen, seen, 200]);
    expect(server.ledger()).toHaveLength(2 * billed + 1);
    expect(server.billedTwice()).toHaveLength(billed);
    expect(server.counts()[`fault.${fault}`]).toBe(2);
  });

  it('after the headers leaves enough to fetch the audio for nothing', async () => {
    const { clock, server, call, speak } = await setUp({ faults: { headersThenCut: 1 } });
    const answer = await speak('Spring is here.');
    await expect(answer.arrayBuffer()).rejects.toThrow();
    clock.advance(500);
    const found = await call('GET', `/v1/history/${answer.headers.get('history-item-id') ?? ''}/audio`);
    expect(sha256(await bytesOf(found))).toBe(server.ledger()[0]?.audioSha256);
  });

  it('of silence is billed, and the history has it', async () => {
    const { clock, server, call, history, voice } = await setUp({ faults: { hang: 1 } });
    const silent = new AbortController();
    const lost = call('POST', `/v1/text-to-speech/${voice}`, { text: 'Anybody?' }, { signal: silent.signal });
    await expect.poll(() => server.ledger().length).toBe(1);
    clock.advance(1000);
    clock.advance(500);
    expect((await history()).history).toMatchObject([{ text: 'Anybody?' }]);
    silent.abort();
    await expect(lost).rejects.toThrow();
  });

  it('of a late history shows the item after half a minute', async () => {
    const { clock, speak, history } = await setUp({ faults: { historyLate: 1 } });
    await speak('Spring is here.');
    clock.advance(29_000);
    expect((await history()).history).toEqual([]);
    clock.advance(1500);
    expect((await history()).history).toHaveLength(1);
  });

  it('strikes the same bodies with the same seed, whatever their order', async () => {
    const texts = Array.from({ length: 30 }, (_, index) => `Offer number ${index + 1}.`);
    const struck = async (seed: number, order: readonly string[]) => {
      const { speak } = await setUp({ seed, faults: { errorNotCharged: 0.3 } });
      const refused: string[] = [];
      for (const text of order) if ((await speak(text)).status === 500) refused.push(text);
      return refused.toSorted();
    };
    const first = await struck(1, texts);
    expect(first.length).toBeGreaterThan(0);
    expect(await struck(1, texts.toReversed())).toEqual(first);
    expect(await struck(2, texts)).not.toEqual(first);
  });

  it('comes in every error shape where shapes are mixed', async () => {
    const shapes = new Set<string>();
    const { speak } = await setUp({
      faults: { errorBefore: 1 },
      errorShape: 'mixed',
    });
    for (let i = 0; i < 24; i += 1) {
      const answer = await speak(`Offer ${i}.`);
      const text = await answer.text();
      if (text.startsWith('<')) shapes.add('proxy');
      else {
        const body = JSON.parse(text) as { detail?: { type?: string } };
        shapes.add(body.detail === undefined ? 'flat' : body.detail.type === undefined ? 'legacy' : 'current');
      }
    }
    expect([...shapes].toSorted()).toEqual(['current', 'flat', 'legacy', 'proxy']);
  });

  it('may only end as a question where the vendor can have no record', () => {
    const unrecorded = ['errorBefore', 'cutBefore', 'idleClose', 'outage'];
    for (const [name, faults] of Object.entries(faultMixes)) {
      const undecidable = Object.keys(faults).some((fault) => unrecorded.includes(fault));
      expect([name, mixesThatMayAsk.has(name as keyof typeof faultMixes)]).toEqual([name, undecidable]);
    }
  });
});
