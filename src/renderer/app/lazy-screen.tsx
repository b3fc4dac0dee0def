import { Component, lazy, type ComponentType, type ReactNode, Suspense } from 'react';
import { EmptyState } from '../components/empty-state.tsx';
import { wordsOf } from '../words/words.ts';

/** Stands where a part could not be fetched or drawn; the rest of the studio goes on. */
class Fallible extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }
  override render(): ReactNode {
    return this.state.failed ? (
      <EmptyState title={wordsOf('shell')('screenFailed')}>{null}</EmptyState>
    ) : (
      this.props.children
    );
  }
}

/** A screen as a chunk of its own, fetched when it is first shown. */
export const lazyScreen = (load: () => Promise<ComponentType>): ComponentType => {
  const Loaded = lazy(async () => ({ default: await load() }));
  return () => (
    <Fallible>
      <Suspense fallback={null}>
        <Loaded />
      </Suspense>
    </Fallible>
  );
};
