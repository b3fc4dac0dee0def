/** One request channel in, one push channel out, and the gate in front of them. */
import type { IpcMain, IpcMainInvokeEvent, WebContents, WebFrameMain } from 'electron';
import type { Reply } from '#contract/transport.ts';
import type { Logger } from '#engine/ports.ts';
import type { Router } from '#engine/router.ts';
import { isAppUrl, pushChannel, requestChannel } from '../channels.ts';

type Frame = Pick<WebFrameMain, 'url' | 'parent' | 'frameTreeNodeId'>;
/** What the gate looks at. */
export interface Sender {
  readonly sender: Pick<WebContents, 'id'>;
  /** Null once the frame is gone. */
  readonly senderFrame: Frame | null;
}
export type PageContents = Pick<WebContents, 'id' | 'send' | 'isDestroyed'> & { readonly mainFrame: Frame };

/** True for the main frame of our window, while it shows our own address. */
export const isTrustedSender = ({ sender, senderFrame }: Sender, page: PageContents | undefined): boolean =>
  page !== undefined &&
  !page.isDestroyed() &&
  sender.id === page.id &&
  senderFrame !== null &&
  senderFrame.parent === null &&
  senderFrame.frameTreeNodeId === page.mainFrame.frameTreeNodeId &&
  isAppUrl(senderFrame.url);

export interface IpcParts {
  readonly ipcMain: {
    handle(channel: string, listener: (event: IpcMainInvokeEvent, ...values: unknown[]) => Promise<Reply>): void;
  } & Pick<IpcMain, 'removeHandler'>;
  readonly router: Pick<Router, 'dispatch' | 'subscribe'>;
  /** Our window's page, while there is one. */
  readonly page: () => PageContents | undefined;
  readonly logger: Logger;
}

/** Returns the function that takes both channels down. */
export const registerIpc = ({ ipcMain, router, page, logger }: IpcParts): (() => void) => {
  ipcMain.handle(requestChannel, async (event, method, input) => {
    if (!isTrustedSender(event, page())) {
      logger.warn('A request from a frame that is not ours was refused.', { url: event.senderFrame?.url ?? null });
      return {
        ok: false,
        error: { code: 'unauthorized', message: 'The request did not come from the Cuebooth window and was not run.' },
      };
    }
    return router.dispatch(String(method), input);
  });
  const unsubscribe = router.subscribe((push) => {
    const contents = page();
    // A page that went elsewhere hears nothing; navigation is refused, this is the second lock.
    if (contents !== undefined && !contents.isDestroyed() && isAppUrl(contents.mainFrame.url))
      contents.send(pushChannel, push);
  });
  return () => {
    unsubscribe();
    ipcMain.removeHandler(requestChannel);
  };
};
