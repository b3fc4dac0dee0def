import { useStore } from 'zustand';
import { shortfallSentences } from '../../app/credit-shortfall.ts';
import { hasErrors, orderSentence, placeOrder, priceOf } from '../../app/order.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { NumberField, SwitchField } from '../../components/field.tsx';
import { formatCount, modKey } from '../../components/format.ts';
import { ProblemList } from '../../components/problem-list.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { RenderSheetNotes } from './render-sheet-notes.tsx';
import styles from './render-sheet.module.css';
import { VariantChoice } from './variant-choice.tsx';

/** The order in full: what it holds, what it costs, what to know before the click. */
export const RenderSheet = () => {
  const studio = useStudio();
  const { order, navigation, accounts } = studio;
  const meters = useStore(accounts, (state) => state.meters);
  const { estimate, choice, failure, stale, placing } = useStore(order);
  const free = estimate?.credits === 0;
  const blocked = estimate === null || failure !== null || hasErrors(estimate);
  const place = (): void => {
    if (!blocked && !placing && !stale) void placeOrder(studio);
  };
  return (
    <Sheet
      title="Render"
      place="side"
      onClose={() => navigation.show(null)}
      footer={
        <div className={styles.foot}>
          <p className={styles.sentence} aria-live="polite">
            {estimate === null ? 'Working out what is new…' : orderSentence(estimate)}
          </p>
          <Button look="primary" size="large" autoFocus isDisabled={blocked || stale} busy={placing} onPress={place}>
            {estimate !== null && estimate.fresh === 0
              ? 'Render nothing new'
              : `Render ${estimate === null ? '' : formatCount(estimate.fresh)}`}
            {estimate !== null && !free && ` for ${priceOf(estimate)}`}
          </Button>
        </div>
      }
    >
      <div
        className={styles.body}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) place();
        }}
      >
        {failure !== null && (
          <p role="alert" className={styles.failure}>
            {failure.message}
          </p>
        )}
        {estimate !== null && (
          <dl className={styles.figures}>
            <div>
              <dt>New</dt>
              <dd>{formatCount(estimate.fresh)}</dd>
            </div>
            <div>
              <dt>Owned</dt>
              <dd>{formatCount(estimate.owned)}</dd>
            </div>
            <div>
              <dt>Queued</dt>
              <dd>{formatCount(estimate.open)}</dd>
            </div>
            <div>
              <dt>Characters</dt>
              <dd>{formatCount(estimate.characters)}</dd>
            </div>
          </dl>
        )}
        {estimate !== null && estimate.credits === null && <p className={styles.soft}>{estimate.creditsNote}</p>}
        {estimate !== null &&
          shortfallSentences(estimate, meters).map((sentence) => (
            <p key={sentence} role="status" className={styles.warning}>
              {sentence}
            </p>
          ))}
        <div className={styles.pair}>
          <NumberField
            label="Takes of each line"
            hint="How many are to be owned in all."
            minValue={1}
            maxValue={50}
            value={choice.takes}
            onChange={(takes) => order.choose({ takes: Number.isFinite(takes) ? takes : 1 })}
          />
          <NumberField
            label="Budget in credits"
            placeholder="No cap"
            hint="Stops before a line that would pass it; passed at most by what is in flight."
            minValue={0}
            value={choice.budgetCredits ?? Number.NaN}
            onChange={(budget) => order.choose({ budgetCredits: Number.isFinite(budget) ? budget : null })}
          />
        </div>
        <SwitchField
          label="Retake"
          hint="Ask for one more take of every line, also of those owned."
          isSelected={choice.retake}
          onChange={(retake) => order.choose({ retake })}
        />
        <VariantChoice />
        {estimate !== null && estimate.problems.length > 0 && (
          <section>
            <h3 className={styles.title}>Problems</h3>
            <ProblemList problems={estimate.problems} most={30} />
          </section>
        )}
        {estimate !== null && <RenderSheetNotes estimate={estimate} />}
        <p className={styles.faint}>
          <kbd>{modKey}</kbd> <kbd>Enter</kbd> renders from here too.
        </p>
      </div>
    </Sheet>
  );
};
