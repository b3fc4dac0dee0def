import { ChevronDown } from 'lucide-react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { cx } from '../../../components/cx.ts';
import { wordsOf } from '../../../words/words.ts';
import styles from './column-menu.module.css';

export type ColumnAction = 'sortUp' | 'sortDown' | 'columnLeft' | 'columnRight' | 'rename' | 'removeColumn';

/** What can be done with a whole column. */
export const ColumnMenu = ({
  column,
  actions,
  onAction,
}: {
  readonly column: string;
  readonly actions: readonly ColumnAction[];
  readonly onAction: (action: ColumnAction) => void;
}) => {
  const t = wordsOf('variants');
  return (
    // The title under it sorts when it is pressed.
    <span role="presentation" className={styles.place} onClick={(event) => event.stopPropagation()}>
      <MenuTrigger>
        <Button aria-label={t('columnMenu', { column })} excludeFromTabOrder className={cx(styles.open)}>
          <ChevronDown aria-hidden />
        </Button>
        <Popover offset={2} placement="bottom end" className={cx(styles.popover)}>
          <Menu onAction={(key) => onAction(key as ColumnAction)} className={cx(styles.menu)}>
            {actions.map((action) => (
              <MenuItem key={action} id={action} className={cx(styles.item)}>
                {t(action)}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
    </span>
  );
};
