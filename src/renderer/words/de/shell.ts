import type { WordsOf } from '../words.ts';

export const shell = {
  rooms: 'Räume',
  scripts: 'Skripte',
  renders: 'Renderings',
  review: 'Abnahme',
  history: 'Verlauf',
  voices: 'Stimmen',
  usage: 'Verbrauch',
  settings: 'Einstellungen',
  needDecision: '{count} brauchen eine Entscheidung',
  undone: 'Rückgängig gemacht: {what}',
  redone: 'Wiederholt: {what}',
  nothingToUndo: 'Nichts rückgängig zu machen.',
  nothingToRedo: 'Nichts zu wiederholen.',
  screenFailed:
    'Dieser Raum konnte nicht geladen werden. Ihre Arbeit ist sicher; laden Sie die Seite neu, um es noch einmal zu versuchen.',
  lostConnection:
    'Die Verbindung zu Cuebooth ist unterbrochen. Die Warteschlange arbeitet weiter; diese Seite kommt von selbst zurück.',
  playOrPause: 'Abspielen oder anhalten',
  nextLine: 'Nächste Zeile des Spots oder nächster Eintrag',
  previousLine: 'Vorige Zeile oder voriger Eintrag',
  goToAnything: 'Gehe zu allem',
  keyboard: 'Tastatur',
  anywhere: 'Überall',
} as const satisfies WordsOf<'shell'>;
