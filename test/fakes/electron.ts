/** The few Electron objects that the host uses, made of plain events; types are Electron's own, its runtime is never loaded. */
import { EventEmitter } from 'node:events';
import type { IpcMainInvokeEvent, IpcRendererEvent } from 'electron';
import type { IpcParts, PageContents, Sender } from '#electron/main/ipc.ts';

export interface FakePage extends PageContents {
  /** What `webContents.send` carried over, cloned as Electron clones it. */
  readonly arrivals: EventEmitter;
  navigate(url: string): void;
  destroy(): void;
}

export const createFakePage = (id = 1, url = 'cuebooth://app/'): FakePage => {
  const arrivals = new EventEmitter();
  const mainFrame = { url, parent: null, frameTreeNodeId: id * 10 };
  let destroyed = false;
  return {
    id,
    mainFrame,
    arrivals,
    send: (channel, ...values) => {
      arrivals.emit(channel, {}, ...values.map((value) => structuredClone(value)));
    },
    isDestroyed: () => destroyed,
    navigate: (next) => {
      mainFrame.url = next;
    },
    destroy: () => {
      destroyed = true;
    },
  };
};

type Listener = Parameters<IpcParts['ipcMain']['handle']>[1];
export interface FakeIpc {
  readonly ipcMain: IpcParts['ipcMain'];
  /** Calls as a frame would; rejects like Electron where no handler is registered. */
  invokeFrom(sender: Sender, channel: string, ...values: unknown[]): Promise<unknown>;
  /** The preload's side of one page. */
  rendererOf(page: FakePage): {
    invoke(channel: string, ...values: unknown[]): Promise<unknown>;
    on(channel: string, listener: (event: IpcRendererEvent, ...values: never[]) => void): never;
    off(channel: string, listener: (event: IpcRendererEvent, ...values: never[]) => void): never;
  };
}

export const createFakeIpc = (): FakeIpc => {
  const handlers = new Map<string, Listener>();
  const invokeFrom: FakeIpc['invokeFrom'] = async (sender, channel, ...values) => {
    const handler = handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return structuredClone(await handler(sender as IpcMainInvokeEvent, ...values.map((value) => structuredClone(value))));
  };
  return {
    ipcMain: {
      handle: (channel, listener) => {
        if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
        handlers.set(channel, listener);
      },
      removeHandler: (channel) => {
        handlers.delete(channel);
      },
    },
    invokeFrom,
    rendererOf: (page) => ({
      invoke: (channel, ...values) => invokeFrom({ sender: page, senderFrame: page.mainFrame }, channel, ...values),
      on: (channel, listener) => page.arrivals.on(channel, listener as (...values: unknown[]) => void) as never,
      off: (channel, listener) => page.arrivals.off(channel, listener as (...values: unknown[]) => void) as never,
    }),
  };
};

/** A guarded page or session: records the handlers that guards put on it. */
export const createFakeContents = () => {
  const events = new EventEmitter();
  let openHandler: ((details: { readonly url: string }) => { readonly action: string }) | undefined;
  return {
    contents: {
      on: (name: string, listener: (...values: never[]) => void) => events.on(name, listener as (...values: unknown[]) => void),
      setWindowOpenHandler: (handler: typeof openHandler) => {
        openHandler = handler;
      },
    },
    /** True when the page was kept from it. */
    refuses: (name: string, details: Readonly<Record<string, unknown>>): boolean => {
      let prevented = false;
      events.emit(name, { ...details, preventDefault: () => (prevented = true) });
      return prevented;
    },
    openWindow: (url: string): string | undefined => openHandler?.({ url }).action,
  };
};
