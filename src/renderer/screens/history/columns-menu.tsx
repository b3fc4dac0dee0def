import { ArrowDown, ArrowUp, Columns3, Minus, Plus } from 'lucide-react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { IconButton } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { SwitchField } from '../../components/field.tsx';
import { wordsOf } from '../../words/words.ts';
import { type ColumnChoice, columnTitle } from './columns.tsx';
import styles from './filter-bar.module.css';

const leastWidth = 24;
const widthStep = 24;

/** Which columns are shown, in which order and how wide: the same as by pointer in the table's head. */
export const ColumnsMenu = ({
  choice,
  onChange,
}: {
  readonly choice: readonly ColumnChoice[];
  readonly onChange: (choice: readonly ColumnChoice[]) => void;
}) => {
  const t = wordsOf('history');
  const change = (id: string, part: Partial<ColumnChoice>): void =>
    onChange(choice.map((one) => (one.id === id ? { ...one, ...part } : one)));
  const move = (index: number, by: 1 | -1): void => {
    const next = [...choice];
    const [one] = next.splice(index, 1);
    if (one !== undefined) next.splice(index + by, 0, one);
    onChange(next);
  };
  return (
    <DialogTrigger>
      <AriaButton aria-label={t('columns')} className={cx(styles.chip, styles.square)}>
        <Columns3 aria-hidden />
      </AriaButton>
      <Popover className={cx(styles.popover)} placement="bottom end" offset={4}>
        <Dialog aria-label={t('columns')} className={cx(styles.dialog, styles.wide)}>
          <ul className={styles.columns}>
            {choice.map(({ id, width, isShown }, index) => {
              const column = columnTitle(id);
              return (
                <li key={id}>
                  <SwitchField label={column} isSelected={isShown} onChange={(on) => change(id, { isShown: on })} />
                  <IconButton
                    size="small"
                    label={t('narrower', { column })}
                    isDisabled={!isShown}
                    onPress={() => change(id, { width: Math.max(leastWidth, width - widthStep) })}
                  >
                    <Minus aria-hidden />
                  </IconButton>
                  <IconButton
                    size="small"
                    label={t('wider', { column })}
                    isDisabled={!isShown}
                    onPress={() => change(id, { width: width + widthStep })}
                  >
                    <Plus aria-hidden />
                  </IconButton>
                  <IconButton
                    size="small"
                    label={t('earlier', { column })}
                    isDisabled={index === 0}
                    onPress={() => move(index, -1)}
                  >
                    <ArrowUp aria-hidden />
                  </IconButton>
                  <IconButton
                    size="small"
                    label={t('later', { column })}
                    isDisabled={index === choice.length - 1}
                    onPress={() => move(index, 1)}
                  >
                    <ArrowDown aria-hidden />
                  </IconButton>
                </li>
              );
            })}
          </ul>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
};
