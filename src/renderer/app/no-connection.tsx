import { Unplug } from 'lucide-react';
import { createRoot } from 'react-dom/client';
import { Button } from '../components/button.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { failureOf } from '../stores/failure.ts';
import { tellError } from '../words/describe.ts';
import { isLanguage, speak, wordsOf } from '../words/words.ts';

/** Stands in for the studio when the page cannot reach its host at all. Nobody's choice is known here: the system's language is spoken. */
export const showNoConnection = async (error: unknown, element: Element): Promise<void> => {
  const system = navigator.languages.map((tag) => tag.split('-')[0]).find(isLanguage);
  try {
    if (system !== undefined) await speak(system);
  } catch {
    // The words that are there already do.
  }
  const failure = failureOf(error);
  const old = failure.code === 'unauthorized';
  const t = wordsOf('settings');
  createRoot(element).render(
    <main style={{ height: '100%' }}>
      <EmptyState
        icon={<Unplug aria-hidden />}
        title={t(old ? 'linkUsed' : 'noAnswer')}
        action={<Button onPress={() => location.reload()}>{t('tryAgain')}</Button>}
      >
        {old ? t('linkUsedAbout') : tellError(failure)}
      </EmptyState>
    </main>,
  );
};
