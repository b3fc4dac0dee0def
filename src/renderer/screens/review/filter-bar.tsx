import { useStore } from 'zustand';
import type { Verdict } from '#contract/review.ts';
import { useStudio } from '../../app/studio-context.ts';
import { SelectField, SwitchField } from '../../components/field.tsx';
import type { ReviewFilter } from '../../stores/review/state.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './filter-bar.module.css';

const any = '';

const Counts = () => {
  const { review } = useStudio();
  const t = wordsOf('review');
  const { open, approved, rejected, missing } = useStore(review, (state) => state.counts);
  const total = open + approved + rejected;
  return (
    <div className={styles.counts}>
      <div aria-hidden className={styles.bar}>
        <span className={styles.approved} style={{ flexGrow: approved }} />
        <span className={styles.rejected} style={{ flexGrow: rejected }} />
        <span style={{ flexGrow: open }} />
      </div>
      <span data-figures data-testid="review-progress">
        {t('progress', { done: approved + rejected, total })}
      </span>
      {missing > 0 && (
        <span data-figures className={styles.faint}>
          {t('countMissing', { count: missing })}
        </span>
      )}
    </div>
  );
};

export const FilterBar = () => {
  const { review } = useStudio();
  const t = wordsOf('review');
  const filter = useStore(review, (state) => state.filter);
  const counts = useStore(review, (state) => state.counts);
  const people = useStore(review, (state) => state.people);
  const characters = useStore(review, (state) => state.characters);
  return (
    <div className={styles.filters}>
      <SelectField
        quiet
        label={t('filterVerdict')}
        labelHidden
        value={(filter.verdict ?? any) as string}
        onChange={(verdict) => review.choose({ verdict: verdict === any ? null : (verdict as Verdict) })}
        options={[
          { id: any, label: t('anyVerdict') },
          { id: 'open', label: t('countOpen', { count: counts.open }) },
          { id: 'approved', label: t('countApproved', { count: counts.approved }) },
          { id: 'rejected', label: t('countRejected', { count: counts.rejected }) },
        ]}
      />
      {characters.length > 1 && (
        <SelectField
          quiet
          label={t('filterCharacter')}
          labelHidden
          value={filter.character ?? any}
          onChange={(character) => review.choose({ character: character === any ? null : character })}
          options={[{ id: any, label: t('anyCharacter') }, ...characters.map((id) => ({ id, label: id }))]}
        />
      )}
      <SelectField
        quiet
        label={t('filterPerson')}
        labelHidden
        value={filter.assignee ?? any}
        onChange={(assignee) => review.choose({ assignee: assignee === any ? null : assignee })}
        options={[{ id: any, label: t('anybody') }, ...people.map(({ name }) => ({ id: name, label: name }))]}
      />
      <SelectField
        quiet
        label={t('filterOrder')}
        labelHidden
        value={filter.order as string}
        onChange={(order) => review.choose({ order: order as ReviewFilter['order'] })}
        options={[
          { id: 'risk', label: t('orderRisk') },
          { id: 'script', label: t('orderScript') },
          { id: 'newest', label: t('orderNewest') },
        ]}
      />
      <SwitchField
        label={t('filterUnheard')}
        isSelected={filter.unheardByMe}
        onChange={(unheardByMe) => review.choose({ unheardByMe })}
      />
      <Counts />
    </div>
  );
};
