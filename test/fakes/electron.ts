/** The few Electron objects that the host uses, made of plain events; types are Electron's own, its runtime is never loaded. */
import { EventEmitter } from 'node:events';
import type { IpcMainInvokeEvent, IpcRendererEvent, SafeStorage } from 'electron';
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
    return structuredClone(
      await handler(sender as IpcMainInvokeEvent, ...values.map((value) => structuredClone(value))),
    );
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
      on: (name: string, listener: (...values: never[]) => void) =>
        events.on(name, listener as (...values: unknown[]) => void),
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

export const createFakeApp = () => {
  const events = new EventEmitter();
  return {
    app: {
      on: (name: string, listener: (...values: never[]) => void) =>
        events.on(name, listener as (...values: unknown[]) => void),
    },
    createContents: (contents: unknown): void => {
      events.emit('web-contents-created', {}, contents);
    },
  };
};

type PermissionAnswer = (granted: boolean) => void;
export const createFakeSession = () => {
  let onRequest: ((contents: null, permission: string, answer: PermissionAnswer) => void) | undefined;
  let onCheck: ((contents: null, permission: string) => boolean) | undefined;
  let onDevice: (() => boolean) | undefined;
  let onDisplay: ((request: object, answer: (streams: object | null) => void) => void) | undefined;
  return {
    session: {
      setPermissionRequestHandler: (handler: typeof onRequest) => {
        onRequest = handler;
      },
      setPermissionCheckHandler: (handler: typeof onCheck) => {
        onCheck = handler;
      },
      setDevicePermissionHandler: (handler: typeof onDevice) => {
        onDevice = handler;
      },
      setDisplayMediaRequestHandler: (handler: typeof onDisplay) => {
        onDisplay = handler;
      },
    },
    /** Undefined where nobody answered. */
    request: (permission: string): boolean | undefined => {
      let granted: boolean | undefined;
      onRequest?.(null, permission, (answer) => {
        granted = answer;
      });
      return granted;
    },
    check: (permission: string): boolean | undefined => onCheck?.(null, permission),
    device: (): boolean | undefined => onDevice?.(),
    displayMedia: (): object | null | undefined => {
      let streams: object | null | undefined;
      onDisplay?.({}, (answer) => {
        streams = answer;
      });
      return streams;
    },
  };
};

/** Electron's safeStorage over a reversible stand-in; the sync calls are absent, so that using one fails. */
export const createFakeSafeStorage = (state: {
  available: boolean;
  backend: ReturnType<SafeStorage['getSelectedStorageBackend']>;
}) => ({
  isAsyncEncryptionAvailable: async () => state.available,
  encryptStringAsync: async (text: string) => Buffer.from(`v10${[...text].reverse().join('')}`),
  decryptStringAsync: async (bytes: Buffer) => {
    const text = bytes.toString();
    if (!text.startsWith('v10'))
      throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.');
    return { shouldReEncrypt: false, result: [...text.slice(3)].reverse().join('') };
  },
  getSelectedStorageBackend: () => state.backend,
});
