import { useState } from 'react';
import { facetNames, type FacetCounts, type FacetName, type Facets, toggled } from '../../stores/voice-search.ts';
import { formatCount } from '../../components/format.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './voice-facets.module.css';
import { facetTitle, facetValueWords } from './voice-words.ts';

const shownFirst = 6;
const openFirst: readonly FacetName[] = ['workspace', 'language', 'gender'];

const Facet = ({
  name,
  counts,
  chosen,
  onToggle,
}: {
  readonly name: FacetName;
  readonly counts: FacetCounts[FacetName];
  readonly chosen: readonly string[];
  readonly onToggle: (value: string) => void;
}) => {
  const t = wordsOf('voices');
  const [all, setAll] = useState(false);
  // What is chosen stays in sight, whatever its count.
  const first = counts.filter(({ value }, at) => all || at < shownFirst || chosen.includes(value));
  return (
    <details className={styles.facet} open={openFirst.includes(name) || chosen.length > 0 || undefined}>
      <summary className={styles.summary}>
        {facetTitle(name)}
        {chosen.length > 0 && <span className={styles.chosen}>{formatCount(chosen.length)}</span>}
      </summary>
      <ul>
        {first.map(({ value, count }) => (
          <li key={value}>
            <label className={styles.value}>
              <input type="checkbox" checked={chosen.includes(value)} onChange={() => onToggle(value)} />
              <span className={styles.label} title={facetValueWords(name, value)}>
                {facetValueWords(name, value)}
              </span>
              <span className={styles.count}>{formatCount(count)}</span>
            </label>
          </li>
        ))}
      </ul>
      {counts.length > shownFirst && (
        <button type="button" className={styles.more} onClick={() => setAll(!all)}>
          {all ? t('fewer') : t('moreValues', { count: counts.length - shownFirst })}
        </button>
      )}
    </details>
  );
};

/** What voices can be narrowed by, with how many each choice would leave. */
export const VoiceFacets = ({
  counts,
  facets,
  onChange,
}: {
  readonly counts: FacetCounts;
  readonly facets: Facets;
  readonly onChange: (facets: Facets) => void;
}) => (
  <div className={styles.facets} role="group" aria-label={wordsOf('voices')('filters')}>
    {facetNames
      .filter((name) => counts[name].length > 1 || (facets[name]?.length ?? 0) > 0)
      .map((name) => (
        <Facet
          key={name}
          name={name}
          counts={counts[name]}
          chosen={facets[name] ?? []}
          onToggle={(value) => onChange(toggled(facets, name, value))}
        />
      ))}
  </div>
);
