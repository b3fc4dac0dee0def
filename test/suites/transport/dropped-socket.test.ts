/** The push socket of the web wire: what a page sees when it drops, and how it comes back. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient, type Client, type ConnectionState } from '#client/index.ts';
import { openHttpTransport } from '#client/http.ts';
import { firstDelayMs, longestDelayMs, reconnectDelayMs } from '#client/socket.ts';
import { startWebHost, type WebHost } from '#hosts/web/server.ts';
import { createPage, type Page } from './page.ts';
import { createLog, createTestEngine, type TestEngine } from './test-engine.ts';

const createTimers = () => {
  const waiting: { readonly delayMs: number; readonly run: () => void }[] = [];
  return {
    waiting,
    after: (delayMs: number, run: () => void) => {
      const timer = { delayMs, run };
      waiting.push(timer);
      return () => {
        const at = waiting.indexOf(timer);
        if (at !== -1) waiting.splice(at, 1);
      };
    },
    runNext: () => waiting.shift()?.run(),
  };
};

describe('a dropped socket', () => {
  let engine: TestEngine;
  let host: WebHost;
  let page: Page;
  let client: Client;
  let folder: string;
  let timers: ReturnType<typeof createTimers>;
  let states: ConnectionState[];
  let gaps: number;
  let messages: string[];

  const say = (message: string): void =>
    engine.router.publish('library.notice', { level: 'notice', code: 'test', message });
  const openClient = async (ticket?: string): Promise<Client> => {
    const transport = await openHttpTransport({
      origin: host.origin,
      fetch: page.fetch,
      openSocket: page.openSocket,
      ticket,
      after: timers.after,
      random: () => 0,
    });
    const opened = createClient(transport);
    opened.onConnection((state) => states.push(state));
    opened.onGap(() => {
      gaps += 1;
    });
    opened.on('library.notice', ({ message }) => messages.push(message));
    return opened;
  };

  beforeEach(async () => {
    states = [];
    gaps = 0;
    messages = [];
    timers = createTimers();
    engine = createTestEngine();
    folder = await mkdtemp(join(tmpdir(), 'cuebooth-socket-'));
    host = await startWebHost({
      router: engine.engine,
      mediaPath: async () => null,
      saveBlob: async () => 'b' as never,
      staticFolder: folder,
      logger: createLog().logger,
    });
    page = createPage(host.origin);
    client = await openClient(host.mintTicket());
    await expect.poll(() => states).toEqual(['open']);
  });
  afterEach(async () => {
    client.close();
    await host.close();
    await rm(folder, { recursive: true });
  });

  it('is told as lost, comes back by itself, and tells of a gap', async () => {
    say('before');
    await expect.poll(() => messages).toEqual(['before']);
    page.cutSockets();
    await expect.poll(() => states).toEqual(['open', 'lost']);
    await expect.poll(() => engine.listeners()).toBe(0);
    say('while away');
    expect(gaps).toBe(0);
    timers.runNext();
    await expect.poll(() => states).toEqual(['open', 'lost', 'open']);
    expect(gaps).toBe(1);
    say('after');
    await expect.poll(() => messages).toEqual(['before', 'after']);
    expect(gaps).toBe(1);
  });

  it('leaves requests working', async () => {
    page.cutSockets();
    await expect.poll(() => states).toEqual(['open', 'lost']);
    expect(await client.call('project.list', {})).toHaveLength(1);
  });

  it('waits longer after each failure', async () => {
    const delays: number[] = [];
    page.cutSockets();
    await host.close();
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await expect.poll(() => timers.waiting.length).toBe(1);
      delays.push(timers.waiting[0]?.delayMs ?? 0);
      timers.runNext();
    }
    expect(delays).toEqual([firstDelayMs / 2, firstDelayMs, firstDelayMs * 2, firstDelayMs * 4]);
    expect(states).toEqual(['open', 'lost']);
  });

  it('stays closed once the client is closed', async () => {
    page.cutSockets();
    await expect.poll(() => timers.waiting.length).toBe(1);
    client.close();
    expect(timers.waiting).toEqual([]);
  });

  it('tells of a gap when a snapshot was fetched before the socket stood', async () => {
    client.close();
    gaps = 0;
    states = [];
    client = await openClient();
    await client.call('project.list', {});
    await expect.poll(() => states).toEqual(['open']);
    expect(gaps).toBe(1);
  });

  it('does not need a ticket on a reload, and survives one that was used', async () => {
    const used = host.mintTicket();
    const other = createPage(host.origin);
    await other.fetch(`${host.origin}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ticket: used }),
    });
    client.close();
    client = await openClient(used);
    expect(await client.call('project.list', {})).toHaveLength(1);
  });

  it('refuses a page that has neither ticket nor cookie', async () => {
    page = createPage(host.origin);
    await expect(openClient('made up')).rejects.toMatchObject({ code: 'unauthorized' });
  });
});

describe('the delay before the next attempt', () => {
  it('never exceeds its limit, whatever the chance and however many failures', () => {
    for (let failures = 0; failures < 100; failures += 1) {
      expect(reconnectDelayMs(failures, 0.999)).toBeLessThanOrEqual(longestDelayMs);
      expect(reconnectDelayMs(failures, 0)).toBeGreaterThanOrEqual(firstDelayMs / 2);
    }
  });
});
