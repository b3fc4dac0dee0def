/** What the page gets of Electron: two functions and a list. No channel name and no Electron object crosses over. */
import type { IpcRenderer, IpcRendererEvent } from 'electron';
import type { HostCapability } from '#contract/host.ts';
import { pushChannel, requestChannel } from '../channels.ts';

export interface Bridge {
  request(method: string, input: unknown): Promise<unknown>;
  subscribe(listener: (push: unknown) => void): () => void;
  readonly capabilities: readonly HostCapability[];
}

/** Only what this host really does; screens hide the rest. */
const capabilities: readonly HostCapability[] = Object.freeze([
  'notifications',
  'taskbarProgress',
  'background',
] as const);

export const createBridge = (ipcRenderer: Pick<IpcRenderer, 'invoke' | 'on' | 'off'>): Bridge => ({
  request: (method, input) => ipcRenderer.invoke(requestChannel, method, input),
  subscribe: (listener) => {
    // The event holds Electron's own objects and stays here.
    const forward = (_event: IpcRendererEvent, push: unknown): void => listener(push);
    ipcRenderer.on(pushChannel, forward);
    return () => {
      ipcRenderer.off(pushChannel, forward);
    };
  },
  capabilities,
});
