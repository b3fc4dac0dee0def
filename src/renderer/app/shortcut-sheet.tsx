import { Button } from '../components/button.tsx';
import { Sheet } from '../components/sheet.tsx';
import { wordsOf } from '../words/words.ts';
import { ShortcutList } from './shortcut-list.tsx';
import { useStudio } from './studio-context.ts';

export const ShortcutSheet = () => {
  const { navigation } = useStudio();
  const t = wordsOf('shell');
  return (
    <Sheet title={t('keyboard')} onClose={() => navigation.show(null)}>
      <Button size="small" onPress={() => navigation.go({ room: 'settings', query: { section: 'shortcuts' } })}>
        {t('changeKeys')}
      </Button>
      <ShortcutList />
    </Sheet>
  );
};
