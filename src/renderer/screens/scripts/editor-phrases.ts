/** CodeMirror's own words, in the studio's language. */
import { currentLanguage } from '../../words/words.ts';

const german: Readonly<Record<string, string>> = {
  Find: 'Suchen',
  Replace: 'Ersetzen',
  next: 'Weiter',
  previous: 'Zurück',
  all: 'Alle',
  'match case': 'Groß/klein beachten',
  regexp: 'Regulärer Ausdruck',
  'by word': 'Ganze Wörter',
  replace: 'Ersetzen',
  'replace all': 'Alle ersetzen',
  close: 'Schließen',
  'current match': 'aktueller Treffer',
  'on line': 'in Zeile',
  'replaced $ matches': '$ Treffer ersetzt',
  'replaced match on line $': 'Treffer in Zeile $ ersetzt',
  'Go to line': 'Gehe zu Zeile',
  go: 'Los',
  Diagnostics: 'Hinweise',
  'No diagnostics': 'Keine Hinweise',
  Completions: 'Vorschläge',
  '$ unchanged lines': '$ unveränderte Zeilen',
};

export const editorPhrases = (): Readonly<Record<string, string>> => (currentLanguage() === 'de' ? german : {});
