import { Sheet } from '../components/sheet.tsx';
import { wordsOf } from '../words/words.ts';
import { ShortcutList } from './shortcut-list.tsx';
import { useStudio } from './studio-context.ts';

export const ShortcutSheet = () => {
  const { navigation } = useStudio();
  return (
    <Sheet title={wordsOf('shell')('keyboard')} onClose={() => navigation.show(null)}>
      <ShortcutList />
    </Sheet>
  );
};
