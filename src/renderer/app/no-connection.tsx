import { Unplug } from 'lucide-react';
import { createRoot } from 'react-dom/client';
import { Button } from '../components/button.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { failureOf } from '../stores/failure.ts';

/** Stands in for the studio when the page cannot reach its host at all. */
export const showNoConnection = (error: unknown, element: Element): void => {
  const failure = failureOf(error);
  const old = failure.code === 'unauthorized';
  createRoot(element).render(
    <main style={{ height: '100%' }}>
      <EmptyState
        icon={<Unplug aria-hidden />}
        title={old ? 'This link is used up' : 'Cuebooth does not answer'}
        action={<Button onPress={() => location.reload()}>Try again</Button>}
      >
        {old
          ? 'A link opens the studio once and for a minute. Nothing is lost: run “cuebooth serve” or “npm start” again and open the new link.'
          : failure.message}
      </EmptyState>
    </main>,
  );
};
