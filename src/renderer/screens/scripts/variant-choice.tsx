import { Check } from 'lucide-react';
import { useState } from 'react';
import { ListBox, ListBoxItem, ListLayout, Virtualizer } from 'react-aria-components';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { SearchField, SwitchField } from '../../components/field.tsx';
import { formatCount } from '../../components/format.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './render-sheet.module.css';

/** All variants, or the ones ticked. */
export const VariantChoice = () => {
  const { order, variants } = useStudio();
  const all = useStore(variants, (state) => state.table?.variants) ?? [];
  const only = useStore(order, (state) => state.choice.only);
  const forecasts = useStore(order, (state) => state.estimate?.forecasts);
  const [search, setSearch] = useState('');
  const t = wordsOf('variants');
  if (all.length < 2) return null;
  const shown = all.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()));
  const choose = (names: Iterable<string>): void => order.choose({ only: [...names] });
  return (
    <section>
      <SwitchField
        label={
          only === null
            ? t('allVariants', { count: all.length })
            : t('someVariants', { count: only.length, all: formatCount(all.length) })
        }
        hint={only === null ? t('turnOff') : t('turnOn')}
        isSelected={only === null}
        onChange={(every) => order.choose({ only: every ? null : all.slice(0, 1).map(({ name }) => name) })}
      />
      {only !== null && (
        <>
          <div className={styles.row}>
            <SearchField label={t('find')} value={search} onChange={setSearch} />
            <Button onPress={() => choose(new Set([...only, ...shown.map(({ name }) => name)]))}>
              {t('tickThese')}
            </Button>
            <Button
              onPress={() =>
                choose(forecasts?.filter(({ fit }) => fit === 'overruns').map(({ variant }) => variant) ?? [])
              }
            >
              {t('onlyOverrunning')}
            </Button>
          </div>
          <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight: 28 }}>
            <ListBox
              aria-label={t('toRender')}
              selectionMode="multiple"
              selectedKeys={new Set(only)}
              onSelectionChange={(keys) =>
                choose(keys === 'all' ? all.map(({ name }) => name) : ([...keys] as string[]))
              }
              items={shown.map((variant) => ({ id: variant.name }))}
              className={cx(styles.choices)}
            >
              {({ id }) => (
                <ListBoxItem id={id} textValue={id} className={cx(styles.choice)}>
                  <span className={styles.box}>
                    <Check aria-hidden />
                  </span>
                  {id}
                </ListBoxItem>
              )}
            </ListBox>
          </Virtualizer>
        </>
      )}
    </section>
  );
};
