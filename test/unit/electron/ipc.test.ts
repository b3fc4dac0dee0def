/** Who may talk to the main process. */
import { beforeEach, describe, expect, it } from 'vitest';
import { isAppUrl, pushChannel, requestChannel } from '#electron/channels.ts';
import { registerIpc, type Sender } from '#electron/main/ipc.ts';
import { createBridge } from '#electron/preload/bridge.ts';
import { createFakeIpc, createFakePage, type FakeIpc, type FakePage } from '#test/fakes/electron.ts';
import { createLog, createTestEngine, type TestEngine } from '../../suites/transport/test-engine.ts';

describe('the request channel', () => {
  let runs: number;
  let ipc: FakeIpc;
  let page: FakePage;
  let shown: FakePage | undefined;
  let engine: TestEngine;
  let log: ReturnType<typeof createLog>;
  let unregister: () => void;

  beforeEach(() => {
    runs = 0;
    engine = createTestEngine({
      'project.list': () => {
        runs += 1;
        return [];
      },
    });
    ipc = createFakeIpc();
    page = createFakePage();
    shown = page;
    log = createLog();
    unregister = registerIpc({ ipcMain: ipc.ipcMain, router: engine.engine, page: () => shown, logger: log.logger });
  });

  const ask = (sender: Sender): Promise<unknown> => ipc.invokeFrom(sender, requestChannel, 'project.list', {});

  it('runs a request of our window', async () => {
    expect(await ask({ sender: page, senderFrame: page.mainFrame })).toEqual({ ok: true, output: [] });
    expect(runs).toBe(1);
  });

  it.each<[string, (page: FakePage) => Sender]>([
    ['a frame that is gone', (own) => ({ sender: own, senderFrame: null })],
    [
      'a frame inside the page',
      (own) => ({ sender: own, senderFrame: { ...own.mainFrame, parent: own.mainFrame as never } }),
    ],
    [
      'another frame of the same page',
      (own) => ({ sender: own, senderFrame: { ...own.mainFrame, frameTreeNodeId: 99 } }),
    ],
    [
      'another window',
      () => {
        const other = createFakePage(2);
        return { sender: other, senderFrame: other.mainFrame };
      },
    ],
    ['another window under our frame', (own) => ({ sender: createFakePage(2), senderFrame: own.mainFrame })],
    ['a foreign address', (own) => ({ sender: own, senderFrame: { ...own.mainFrame, url: 'https://evil.example/' } })],
    [
      'an address that only looks like ours',
      (own) => ({ sender: own, senderFrame: { ...own.mainFrame, url: 'cuebooth://app.evil.example/' } }),
    ],
    ['an empty page', (own) => ({ sender: own, senderFrame: { ...own.mainFrame, url: 'about:blank' } })],
    ['a file', (own) => ({ sender: own, senderFrame: { ...own.mainFrame, url: 'file:///app/index.html' } })],
  ])('refuses %s, says so, and runs nothing', async (_who, senderOf) => {
    expect(await ask(senderOf(page))).toMatchObject({ ok: false, error: { code: 'unauthorized' } });
    expect(runs).toBe(0);
    expect(log.lines.map(({ level }) => level)).toEqual(['warn']);
  });

  it('refuses everyone while there is no window', async () => {
    shown = undefined;
    expect(await ask({ sender: page, senderFrame: page.mainFrame })).toMatchObject({
      ok: false,
      error: { code: 'unauthorized' },
    });
    expect(runs).toBe(0);
  });

  it('answers a method that is no text', async () => {
    expect(
      await ipc.invokeFrom({ sender: page, senderFrame: page.mainFrame }, requestChannel, { evil: true }),
    ).toMatchObject({
      ok: false,
      error: { code: 'unknown_method' },
    });
  });

  const publish = (): void => engine.router.publish('library.notice', { level: 'notice', code: 'c', message: 'm' });
  const countPushes = (): (() => number) => {
    let pushes = 0;
    page.arrivals.on(pushChannel, () => {
      pushes += 1;
    });
    return () => pushes;
  };

  it('pushes to our page', () => {
    const pushes = countPushes();
    publish();
    expect(pushes()).toBe(1);
  });

  it.each<[string, () => void]>([
    ['a page that went elsewhere', () => page.navigate('https://evil.example/')],
    ['a page that is gone', () => page.destroy()],
    ['a closed channel', () => unregister()],
  ])('pushes nothing to %s', (_who, happen) => {
    const pushes = countPushes();
    happen();
    publish();
    expect(pushes()).toBe(0);
  });

  it('may be taken down and set up again', async () => {
    unregister();
    await expect(ask({ sender: page, senderFrame: page.mainFrame })).rejects.toThrow('No handler');
    registerIpc({ ipcMain: ipc.ipcMain, router: engine.engine, page: () => shown, logger: log.logger });
    expect(await ask({ sender: page, senderFrame: page.mainFrame })).toMatchObject({ ok: true });
  });

  it('shows the page two functions and a frozen list, and nothing of Electron', () => {
    const bridge = createBridge(ipc.rendererOf(page));
    expect(Object.keys(bridge).sort()).toEqual(['capabilities', 'request', 'subscribe']);
    expect(Object.isFrozen(bridge.capabilities)).toBe(true);
    const heard: unknown[][] = [];
    const end = bridge.subscribe((...values: unknown[]) => heard.push(values));
    publish();
    end();
    publish();
    expect(heard).toEqual([[expect.objectContaining({ seq: 1, name: 'library.notice' })]]);
  });
});

describe('our own address', () => {
  it.each(['cuebooth://app/', 'cuebooth://app/media/t1', 'cuebooth://app/#/renders'])('is %s', (url) => {
    expect(isAppUrl(url)).toBe(true);
  });
  it.each([
    'cuebooth://other/',
    'cuebooth://app:80/',
    'cuebooth://user@evil/',
    'http://app/',
    'cuebooth:app',
    '',
    'javascript:alert(1)',
    'data:text/html,x',
  ])('is not %j', (url) => {
    expect(isAppUrl(url)).toBe(false);
  });
});
