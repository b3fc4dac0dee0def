import type { WordsOf } from '../words.ts';

export const scripts = {
  renderCommand: 'Rendern; fragt vorher, wenn es Credits kostet',
  renderSheetCommand: 'Rendern mit Optionen',
  saveCommand: 'Jetzt speichern',
  newScript: 'Neues Skript',
} as const satisfies WordsOf<'scripts'>;
