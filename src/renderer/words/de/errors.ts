import type { WordsOf } from '../words.ts';

export const errors = {
  unknown_method:
    'Diese Seite verlangt etwas, das dieses Cuebooth nicht kennt. Es wurde nichts getan. Laden Sie die Seite neu.',
  invalid_input:
    'An der Eingabe stimmt etwas nicht. Es wurde nichts geändert. Berichtigen Sie sie und versuchen Sie es noch einmal.',
  invalid_output:
    'Es wurde ausgeführt, aber die Antwort lässt sich wegen eines Fehlers in Cuebooth nicht anzeigen. Laden Sie die Seite neu.',
  internal:
    'Ein Fehler in Cuebooth hat dies verhindert. Was vorher gespeichert war, ist erhalten. Versuchen Sie es noch einmal; das Protokoll enthält die Einzelheiten.',
  unauthorized: 'Diese Seite hat keinen Zugang mehr. Es wurde nichts getan. Öffnen Sie Cuebooth mit einem neuen Link.',
  not_found: 'Das gibt es nicht mehr. Es wurde nichts geändert. Laden Sie neu und suchen Sie es noch einmal.',
  conflict:
    'Etwas anderes war schneller. Von Ihnen wurde nichts überschrieben. Sehen Sie sich den jetzigen Stand an und versuchen Sie es noch einmal.',
  disconnected: 'Cuebooth antwortet nicht. Die Warteschlange arbeitet weiter. Die Seite kommt von selbst zurück.',
  library_busy:
    'Die Bibliothek wird gerade anderswo benutzt. Es wurde nichts geändert. Schließen Sie das andere Programm oder warten Sie einen Augenblick.',
  library_from_future:
    'Die Bibliothek stammt von einem neueren Cuebooth. Es wurde nichts geändert. Aktualisieren Sie Cuebooth.',
  library_corrupt:
    'Die Bibliothek ist beschädigt. Die Tondateien sind unberührt. Kehren Sie zu einer Sicherung zurück oder prüfen Sie die Bibliothek.',
  library_on_network:
    'Auf einem Netzlaufwerk kann keine Bibliothek liegen. Es wurde nichts geändert. Wählen Sie ein Laufwerk dieses Computers.',
  library_read_only:
    'Die Bibliothek kann hier nicht beschrieben werden. Es wurde nichts geändert. Erlauben Sie das Schreiben oder benutzen Sie das Cuebooth, das sie geöffnet hat.',
  disk_full:
    'Das Laufwerk ist voll. Was bezahlt ist, ist erhalten oder kann noch einmal abgeholt werden. Schaffen Sie Platz und machen Sie weiter.',
  media_missing:
    'Eine Tondatei fehlt. Alles andere ist erhalten. Prüfen Sie die Bibliothek, um zu sehen, was betroffen ist.',
  media_unreadable:
    'Eine Tondatei lässt sich nicht lesen. Alles andere ist erhalten. Prüfen Sie das Laufwerk, dann die Bibliothek.',
  script_has_errors:
    'Das Skript enthält Fehler. Es wurde nichts gerendert. Beheben Sie sie; sie sind im Skript markiert.',
  variants_have_errors:
    'Die Variantentabelle enthält Fehler. Es wurde nichts gerendert. Berichtigen Sie die markierten Zellen.',
  voice_unknown:
    'Eine Stimme der Besetzung ist nicht bekannt. Es wurde nichts gerendert. Wählen Sie eine vorhandene Stimme.',
  workspace_unknown:
    'Einen Arbeitsbereich dieses Namens gibt es nicht. Es wurde nichts geändert. Fügen Sie ihn hinzu oder nennen Sie einen anderen.',
  blob_too_large: 'Die Datei ist zu groß. Es wurde nichts gespeichert. Wählen Sie eine kleinere.',
  over_budget:
    'Ein Budget ist aufgebraucht. Was gerendert ist, ist erhalten, der Rest wartet. Erhöhen Sie das Budget oder lassen Sie den Rest warten.',
  needs_decision:
    'Niemand weiß, ob ein Aufruf berechnet wurde. Ohne Sie wird nichts noch einmal gesendet. Entscheiden Sie unter Renderings.',
  key_missing:
    'Der Arbeitsbereich hat keinen Schlüssel. Seine Zeilen warten. Setzen Sie den Schlüssel in den Einstellungen.',
  key_refused:
    'Der Anbieter weist den Schlüssel zurück. Die Zeilen warten, nichts geht verloren. Setzen Sie einen gültigen Schlüssel.',
  vault_locked:
    'Der Schlüsselspeicher ist gesperrt. Zeilen warten, nichts schlägt fehl. Entsperren Sie den Schlüsselspeicher Ihres Computers.',
  vault_unavailable:
    'Auf diesem Computer gibt es keinen benutzbaren Schlüsselspeicher. Der Schlüssel wurde nicht gespeichert. Behalten Sie ihn nur für diese Sitzung.',
  plan_without_api:
    'Der Tarif dieses Kontos erlaubt keine Aufrufe aus Programmen. Die Zeilen warten. Wechseln Sie den Tarif.',
  member_cap_reached:
    'Ihr Anteil am Konto ist aufgebraucht. Die Zeilen warten. Wenden Sie sich an die Person, die das Konto verwaltet.',
  out_of_credits:
    'Das Konto hat keine Credits mehr. Was gerendert ist, ist erhalten, der Rest wartet. Laden Sie auf oder warten Sie auf die Erneuerung.',
  missing_permission:
    'Der Schlüssel darf das nicht. Es wurde nichts berechnet. Geben Sie ihm die Berechtigung oder setzen Sie einen anderen.',
  subscription_required:
    'Dafür ist ein höherer Tarif nötig. Es wurde nichts berechnet. Wechseln Sie den Tarif oder wählen Sie etwas anderes.',
  account_flagged: 'Der Anbieter hat dieses Konto angehalten. Die Zeilen warten. Klären Sie es mit dem Anbieter.',
  model_unavailable:
    'Das Modell lässt sich mit diesem Konto oder dieser Stimme nicht benutzen. Es wurde nichts berechnet. Wählen Sie ein anderes Modell.',
  setting_refused:
    'Eine Einstellung wurde zurückgewiesen. Es wurde nichts berechnet. Berichtigen oder entfernen Sie sie.',
  format_refused:
    'Dieses Tonformat ist im Tarif nicht enthalten. Es wurde nichts berechnet. Wählen Sie ein anderes Format.',
  provider_retired:
    'Der Anbieter hat diesen Dienst eingestellt. Was Sie haben, ist erhalten. Besetzen Sie mit anderen Stimmen.',
  history_unavailable:
    'Der Verlauf des Anbieters lässt sich mit diesem Schlüssel nicht lesen. Ihre eigenen Takes sind alle da.',
  text_too_long:
    'Der Text ist länger, als der Anbieter erlaubt. Es wurde nichts gesendet. Kürzen oder teilen Sie die Zeile.',
  text_rejected: 'Der Anbieter lehnt diesen Text ab. Er wurde nicht berechnet. Ändern Sie die Zeile.',
  voice_not_found:
    'Der Anbieter hat diese Stimme nicht mehr. Takes mit ihr sind erhalten. Besetzen Sie mit einer anderen Stimme.',
  provider_rate_limited: 'Der Anbieter bittet um langsameres Senden. Nichts geht verloren. Es geht von selbst weiter.',
  provider_offline:
    'Der Anbieter ist nicht erreichbar. Die Zeilen warten. Sobald das Netz wieder da ist, geht es von selbst weiter.',
  provider_error:
    'Beim Anbieter liegt ein Fehler vor. Es wird nichts doppelt gesendet. Warten Sie oder sehen Sie auf der Statusseite des Anbieters nach.',
  provider_failed:
    'Der Anbieter konnte diese Zeile nicht erzeugen. Was berechnet war, wurde erstattet, soweit er es mitteilt. Versuchen Sie es noch einmal.',
  provider_timeout:
    'Der Anbieter hat zu lange gebraucht. Bevor die Zeile noch einmal gesendet wird, wird nachgesehen, ob sie berechnet wurde.',
  bad_response:
    'Die Antwort ist nicht verständlich. Es wurde nichts geändert. Versuchen Sie es noch einmal; bleibt es dabei, prüfen Sie Adresse oder Datei.',
  idempotency_in_flight:
    'Der Anbieter arbeitet noch am selben Aufruf. Es wird nichts doppelt gesendet. Es geht von selbst weiter.',
  idempotency_mismatch:
    'Der Anbieter kennt diesen Aufruf mit anderem Inhalt. Es wurde nichts noch einmal gesendet. Entscheiden Sie unter Renderings.',
  key_expired:
    'Ein verlorener Aufruf ist zu alt, um gefahrlos noch einmal zu fragen. Es wurde nichts gesendet. Entscheiden Sie unter Renderings.',
  redirect_refused:
    'Die Adresse leitet woandershin weiter, und ein Schlüssel wird nie mitgegeben. Es wurde nichts gesendet. Berichtigen Sie die Adresse.',
  audio_undecodable:
    'Der empfangene Ton lässt sich nicht abspielen. Er ist aufbewahrt. Holen oder rendern Sie die Zeile noch einmal.',
  audio_empty: 'Der empfangene Ton ist leer. Das ist festgehalten. Rendern Sie die Zeile noch einmal.',
  outcome_unknown:
    'Es ist nicht bekannt, ob dieser Aufruf berechnet wurde. Ohne Sie wird nichts noch einmal gesendet. Entscheiden Sie unter Renderings.',
  part_failed:
    'Ein Teil einer langen Zeile ist fehlgeschlagen. Die anderen Teile sind erhalten. Versuchen Sie die Zeile noch einmal; nur was fehlt, wird erzeugt.',
  program_missing:
    'Ein Programm fehlt auf diesem Computer. Es wurde nichts geändert. Installieren Sie es oder wählen Sie eine andere Stimme.',
  cancelled: 'Es wurde abgebrochen. Was vorher getan war, ist erhalten.',

  'problem.cast_form': 'Die Besetzung ist nicht als Liste von Rollen mit ihren Stimmen geschrieben.',
  'problem.cast_key_unknown': 'Ein Name in diesem Eintrag der Besetzung ist nicht bekannt.',
  'problem.cast_name': 'So kann eine Rolle nicht heißen.',
  'problem.cast_unused': 'Diese Rolle spricht keine Zeile.',
  'problem.cast_voice_form': 'Eine Stimme schreibt man als Arbeitsbereich/Stimme.',
  'problem.cast_voice_missing': 'Diese Rolle hat keine Stimme.',
  'problem.character_not_cast': 'Diese Rolle ist nicht besetzt.',
  'problem.character_unknown': 'Diese Rolle ist nicht bekannt.',
  'problem.column_duplicate': 'Zwei Spalten heißen gleich.',
  'problem.column_missing': 'Eine Spalte, die das Skript braucht, fehlt.',
  'problem.column_unknown': 'Das Skript benutzt diese Spalte nicht.',
  'problem.column_unnamed': 'Diese Spalte hat keinen Namen.',
  'problem.direction_unclosed': 'Eine Regieanweisung wird geöffnet und nicht geschlossen.',
  'problem.front_matter_form': 'Der Kopf des Skripts ist nicht als Name: Wert geschrieben.',
  'problem.front_matter_key_unknown': 'Dieser Name im Kopf des Skripts ist nicht bekannt.',
  'problem.front_matter_unclosed': 'Der Kopf des Skripts wird geöffnet und nicht geschlossen.',
  'problem.language_form': 'Das ist keine Sprachangabe wie en oder de-AT.',
  'problem.line_silent': 'In dieser Zeile gibt es nichts zu sprechen.',
  'problem.may_overrun': 'Diese Variante könnte länger als der Slot werden.',
  'problem.nothing_to_say': 'Es gibt keine Zeile zu rendern.',
  'problem.overrides_unclosed': 'Die Einstellungen einer Zeile werden geöffnet und nicht geschlossen.',
  'problem.pause_syntax': 'Eine Pause schreibt man als [pause 1.5s].',
  'problem.pause_too_long': 'Diese Pause ist zu lang.',
  'problem.quote_misplaced': 'Ein Anführungszeichen steht, wo keines stehen darf.',
  'problem.quote_unclosed': 'Ein Anführungszeichen wird geöffnet und nicht geschlossen.',
  'problem.row_empty': 'Diese Zeile der Tabelle ist leer.',
  'problem.row_long': 'Diese Zeile hat mehr Zellen als der Tabellenkopf.',
  'problem.row_short': 'Diese Zeile hat weniger Zellen als der Tabellenkopf.',
  'problem.setting_not_sent': 'Die Stimme kennt diese Einstellung nicht; sie wird nicht gesendet.',
  'problem.setting_value': 'Dieser Wert ist für die Einstellung nicht möglich.',
  'problem.settings_form': 'Einstellungen schreibt man als Name=Wert.',
  'problem.slot_form': 'Einen Slot schreibt man in Sekunden, etwa 30.',
  'problem.table_empty': 'Die Tabelle ist leer.',
  'problem.table_without_rows': 'Die Tabelle hat einen Kopf und keine Zeilen.',
  'problem.value_missing': 'Ein Wert, den eine Zeile braucht, fehlt.',
  'problem.variable_defaults_differ': 'Eine Variable hat in verschiedenen Zeilen verschiedene Vorgaben.',
  'problem.variable_syntax': 'Eine Variable ist ein Name in doppelten geschweiften Klammern.',
  'problem.variable_unclosed': 'Eine Variable wird geöffnet und nicht geschlossen.',
  'problem.variant_duplicate': 'Zwei Varianten heißen gleich.',
  'problem.variant_unknown': 'Eine Variante dieses Namens gibt es nicht.',
  'problem.voice_form': 'Eine Stimme schreibt man als Arbeitsbereich/Stimme.',
  'problem.voice_missing': 'Eine Rolle, die spricht, hat keine Stimme.',
  'problem.voice_unknown': 'Diese Stimme ist nicht bekannt.',
  'problem.yaml_syntax': 'Der Kopf des Skripts lässt sich nicht lesen.',

  'lane.idle': 'Nichts zu tun.',
  'lane.working': 'Rendert.',
  'lane.waiting': 'Der Anbieter bittet um langsameres Senden. Es geht von selbst weiter.',
  'lane.offline': 'Der Anbieter ist nicht erreichbar. Es wird von selbst wieder versucht; nichts geht verloren.',
  'lane.paused': 'Von Ihnen angehalten.',
  'lane.locked': 'Der Schlüssel lässt sich gerade nicht benutzen. Zeilen warten, nichts schlägt fehl.',
  'lane.blocked': 'Angehalten, bis ein Fehler behoben ist. Solange wird nichts gesendet.',
  'lane.retired': 'Der Anbieter hat diesen Dienst eingestellt.',

  'alert.low_credits': 'Die Credits werden knapp.',
  'alert.forecast_before_reset': 'Bei diesem Verbrauch sind die Credits vor der Erneuerung aufgebraucht.',
  'alert.invoice_open': 'Eine Rechnung ist offen.',
  'alert.voice_notice': 'Eine Stimme wird wegfallen.',
  'alert.voice_gone': 'Eine Stimme ist weggefallen.',
  'alert.budget_warn': 'Ein Budget ist fast aufgebraucht.',
  'alert.budget_stop': 'Ein Budget ist aufgebraucht. Was dazu gehört, wartet.',
  'alert.workspace_retired': 'Ein Anbieter hat seinen Dienst eingestellt.',
  'alert.key_without_history': 'Ein Schlüssel darf den Verlauf des Anbieters nicht lesen.',
  'alert.plan_change': 'Der Tarif eines Kontos wird sich ändern.',
} as const satisfies WordsOf<'errors'>;
