import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button, IconButton } from './button.tsx';
import { cx } from './cx.ts';
import styles from './sheet.module.css';

/** A dialog over the room: `side` slides in from the right, `centre` stands in the middle. Escape closes it. */
export const Sheet = ({
  title,
  onClose,
  children,
  footer,
  place = 'centre',
  width = 'normal',
  alert = false,
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  readonly place?: 'centre' | 'side';
  /** `full`: a room of its own over the room. */
  readonly width?: 'normal' | 'wide' | 'full';
  readonly alert?: boolean;
}) => (
  <ModalOverlay
    isOpen
    isDismissable={!alert}
    onOpenChange={(open) => !open && onClose()}
    className={cx(styles.scrim, styles[place], width === 'full' && styles.near)}
  >
    <Modal className={cx(styles.modal, styles[`${place}Modal`], width !== 'normal' && styles[width])}>
      <Dialog role={alert ? 'alertdialog' : 'dialog'} className={cx(styles.dialog)}>
        <header className={styles.head}>
          <Heading slot="title" level={2} className={cx(styles.title)}>
            {title}
          </Heading>
          <IconButton label="Close" keys="Esc" onPress={onClose}>
            <X aria-hidden />
          </IconButton>
        </header>
        <div className={styles.body}>{children}</div>
        {footer !== undefined && <footer className={styles.foot}>{footer}</footer>}
      </Dialog>
    </Modal>
  </ModalOverlay>
);

/** Asks once before something that cannot be taken back. */
export const ConfirmSheet = ({
  title,
  children,
  confirm,
  onConfirm,
  onClose,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly confirm: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}) => (
  <Sheet
    alert
    title={title}
    onClose={onClose}
    footer={
      <>
        <Button onPress={onClose}>Keep it</Button>
        <Button
          look="danger"
          onPress={() => {
            onConfirm();
            onClose();
          }}
        >
          {confirm}
        </Button>
      </>
    }
  >
    <p>{children}</p>
  </Sheet>
);
