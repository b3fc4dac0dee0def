import { Sheet } from '../components/sheet.tsx';
import { ShortcutList } from './shortcut-list.tsx';
import { useStudio } from './studio-context.ts';

export const ShortcutSheet = () => {
  const { navigation } = useStudio();
  return (
    <Sheet title="Keyboard" onClose={() => navigation.show(null)}>
      <ShortcutList />
    </Sheet>
  );
};
