import { X } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { facetNames, isFiltered, toggled, type VoiceFilter } from '../../stores/voice-search.ts';
import { wordsOf } from '../../words/words.ts';
import { facetValueWords } from './voice-words.ts';
import styles from './voices-screen.module.css';

/** What the list is narrowed by, each with a way out. */
export const ChosenFacets = ({
  filter,
  onChange,
}: {
  readonly filter: VoiceFilter;
  readonly onChange: (part: Partial<VoiceFilter>) => void;
}) => {
  const t = wordsOf('voices');
  const { facets } = filter;
  const chosen = facetNames.flatMap((name) => (facets[name] ?? []).map((value) => ({ name, value })));
  if (chosen.length === 0) return null;
  return (
    <div className={styles.chips}>
      {chosen.map(({ name, value }) => (
        <Button
          key={`${name} ${value}`}
          size="small"
          aria-label={t('dropFacet', { name: facetValueWords(name, value) })}
          onPress={() => onChange({ facets: toggled(facets, name, value) })}
        >
          {facetValueWords(name, value)} <X aria-hidden />
        </Button>
      ))}
      {isFiltered(filter) && (
        <Button size="small" look="quiet" onPress={() => onChange({ facets: {}, search: '' })}>
          {t('clearFilters')}
        </Button>
      )}
    </div>
  );
};
