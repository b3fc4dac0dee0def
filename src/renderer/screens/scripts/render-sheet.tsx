import { useEffect, useRef } from 'react';
import { Radio, RadioGroup } from 'react-aria-components';
import { useStore } from 'zustand';
import { hasErrors, orderSentence, placeOrder } from '../../app/order.ts';
import { orderPrices, priceWords, unitsOf } from '../../app/price-words.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { NumberField, SelectField, SwitchField } from '../../components/field.tsx';
import { formatCount, formatLeft, modKey } from '../../components/format.ts';
import { Sheet } from '../../components/sheet.tsx';
import { wordsOf } from '../../words/words.ts';
import type { Estimate } from '#contract/entities.ts';
import { draftVoices } from './draft-voices.ts';
import { RenderSheetCosts } from './render-sheet-costs.tsx';
import { RenderSheetNotes } from './render-sheet-notes.tsx';
import { RenderSheetProblems } from './render-sheet-problems.tsx';
import styles from './render-sheet.module.css';
import { VariantChoice } from './variant-choice.tsx';

const Casting = () => {
  const { order, script, workspaces, voices } = useStudio();
  const draft = useStore(order, (state) => state.choice.draft);
  const t = wordsOf('renders');
  const choose = (value: string): void => {
    const open = script.getState().script;
    const scratch =
      open === null ? null : draftVoices(open, workspaces.getState().workspaces, voices.getState().voices);
    order.choose({ draft: value === 'draft' ? scratch : null });
  };
  const impossible = useStore(
    workspaces,
    (state) => !state.workspaces.some(({ abilities }) => abilities.costUnit === 'free'),
  );
  return (
    <RadioGroup
      aria-label={t('voices')}
      value={draft === null ? 'cast' : 'draft'}
      onChange={choose}
      className={cx(styles.casting)}
    >
      <Radio value="cast" className={cx(styles.card)}>
        <b>{t('asCast')}</b>
        <span className={styles.faint}>{t('asCastHint')}</span>
      </Radio>
      <Radio value="draft" isDisabled={impossible} className={cx(styles.card)}>
        <b>{t('draft')}</b>
        <span className={styles.faint}>{impossible ? t('draftImpossible') : t('draftHint')}</span>
      </Radio>
    </RadioGroup>
  );
};

const Figures = ({ estimate }: { readonly estimate: Estimate }) => {
  const t = wordsOf('renders');
  const { fresh, owned, open, renderSeconds } = estimate;
  const time = fresh === 0 ? '–' : renderSeconds === null ? t('timeUnknown') : formatLeft(renderSeconds);
  const figures = [
    [t('figureNew'), formatCount(fresh)],
    [t('figureOwned'), formatCount(owned)],
    [t('figureQueued'), formatCount(open)],
    [t('figureTime'), time],
  ] as const;
  return (
    <dl className={styles.figures}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className={cx(value.length > 7 && styles.long)}>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

/** How many takes, under which cap, before or after what: everything of the order that is not the script. */
const Terms = () => {
  const { order } = useStudio();
  const choice = useStore(order, (state) => state.choice);
  const t = wordsOf('renders');
  return (
    <>
      <div className={styles.pair}>
        <NumberField
          label={t('takesOfLine')}
          hint={t('takesHint')}
          minValue={1}
          maxValue={50}
          value={choice.takes}
          onChange={(takes) => order.choose({ takes: Number.isFinite(takes) ? takes : 1 })}
        />
        <SelectField
          label={t('order')}
          options={[
            { id: 'next', label: t('orderNext'), note: t('orderNextHint') },
            { id: 'normal', label: t('orderNormal'), note: t('orderNormalHint') },
            { id: 'last', label: t('orderLast'), note: t('orderLastHint') },
          ]}
          value={choice.urgency}
          onChange={(urgency) => order.choose({ urgency })}
        />
      </div>
      <NumberField
        label={t('budgetUnit')}
        placeholder={t('noCap')}
        hint={t('budgetHint')}
        minValue={0}
        value={choice.budgetCredits ?? Number.NaN}
        onChange={(budget) => order.choose({ budgetCredits: Number.isFinite(budget) ? budget : null })}
      />
      <SwitchField
        label={t('retake')}
        hint={t('retakeHint')}
        isSelected={choice.retake}
        onChange={(retake) => order.choose({ retake })}
      />
    </>
  );
};

/** The order in full: what it holds, what it costs, what to know before the click. */
export const RenderSheet = () => {
  const studio = useStudio();
  const { order, navigation, accounts, workspaces } = studio;
  const meters = useStore(accounts, (state) => state.meters);
  const known = useStore(workspaces, (state) => state.workspaces);
  const estimate = useStore(order, (state) => state.estimate);
  const failure = useStore(order, (state) => state.failure);
  const stale = useStore(order, (state) => state.stale);
  const placing = useStore(order, (state) => state.placing);
  const t = wordsOf('renders');
  const unitOf = unitsOf(known);
  const blocked = estimate === null || failure !== null || hasErrors(estimate);
  const place = (): void => {
    if (!blocked && !placing && !stale) void placeOrder(studio);
  };
  const latest = useRef(place);
  useEffect(() => {
    latest.current = place;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
      event.preventDefault();
      // A figure being typed counts when its field is left.
      if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur();
      setTimeout(() => latest.current());
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, []);
  const prices = estimate === null ? [] : orderPrices(estimate, unitOf);
  const words =
    estimate === null
      ? t('render')
      : estimate.fresh === 0
        ? t('renderNothingNew')
        : prices.length === 0
          ? t('renderCount', { count: estimate.fresh })
          : t('renderCountFor', { count: estimate.fresh, price: priceWords(prices) });
  return (
    <Sheet
      title={t('render')}
      place="side"
      onClose={() => navigation.show(null)}
      footer={
        <div className={styles.foot}>
          <p className={styles.sentence} aria-live="polite">
            {estimate === null ? t('workingOut') : orderSentence(estimate, { unitOf, meters })}
          </p>
          <Button look="primary" size="large" autoFocus isDisabled={blocked || stale} busy={placing} onPress={place}>
            {words} <kbd className={styles.keys}>{modKey} Enter</kbd>
          </Button>
        </div>
      }
    >
      <div className={styles.body}>
        {failure !== null && (
          <p role="alert" className={styles.failure}>
            {failure.message}
          </p>
        )}
        {estimate !== null && <RenderSheetProblems problems={estimate.problems} />}
        <Casting />
        {estimate !== null && <Figures estimate={estimate} />}
        {estimate !== null && <RenderSheetCosts estimate={estimate} unitOf={unitOf} />}
        <Terms />
        <VariantChoice />
        {estimate !== null && <RenderSheetNotes estimate={estimate} />}
      </div>
    </Sheet>
  );
};
