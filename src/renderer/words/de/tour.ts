import type { WordsOf } from '../words.ts';

export const tour = {
  tour: 'Erste Schritte',
  stepOf: 'Schritt {step} von {steps}',
  skip: 'Rundgang beenden',
  back: 'Zurück',
  next: 'Weiter',
  finish: 'Fertig',
  scriptTitle: 'Ein Skript ist einfacher Text',
  scriptWords:
    'Wer spricht, was gesagt wird, und Variablen wie {{city}}. Schreiben Sie hier wie überall; was nicht stimmt, wird unterstrichen und lässt sich dort beheben.',
  variantsTitle: 'Eine Tabelle macht die Varianten',
  variantsWords:
    'Jede Zeile füllt die Variablen einmal: ein Spot für eine Stadt. Fügen Sie Zeilen aus einer Tabelle ein oder legen Sie eine CSV-Datei ab. Was gleich klingt, wird nur einmal gerendert.',
  renderTitle: 'Alle rendern',
  renderWords:
    'Die Schaltfläche sagt, was sie tut und was es kostet. Das Beispiel spricht mit Scratch: offline und kostenlos.',
  renderNow: 'Beispiel rendern',
  renderRunning: 'Wird gerendert …',
  renderDone: 'Alle Zeilen sind gerendert.',
  hearTitle: 'Den Spot hören',
  hearWords:
    'Alle Zeilen einer Variante der Reihe nach, wie sie gesendet werden. Die Leiste unten zeigt die Wellenform und folgt Ihnen in jeden Raum.',
  hearNow: 'Erste Variante abspielen',
} as const satisfies WordsOf<'tour'>;
