//! Words of the exports.

sentences! {
    report_rehearsal(scenario) {
        en "REHEARSAL (scenario “{scenario}”): none of this was done to a real system",
        es "ENSAYO (escenario «{scenario}»): nada de esto se hizo en un sistema real",
        fr "RÉPÉTITION (scénario « {scenario} ») : rien de ceci n’a été fait sur un système réel",
    }
    report_gate_open() {
        en "Gate OPEN: every required step was green",
        es "Puerta ABIERTA: todos los pasos obligatorios estaban verdes",
        fr "Porte OUVERTE : toutes les étapes obligatoires étaient vertes",
    }
    report_gate_locked(count) {
        en "Gate LOCKED: {count} required step(s) were not green",
        es "Puerta CERRADA: {count} paso(s) obligatorio(s) sin verde",
        fr "Porte VERROUILLÉE : {count} étape(s) obligatoire(s) sans vert",
    }
    report_gate_nothing_applies() {
        en "Gate LOCKED: no required step applies, so nothing shows that the work may begin",
        es "Puerta CERRADA: no se aplica ningún paso obligatorio, así que nada demuestra que se pueda empezar",
        fr "Porte VERROUILLÉE : aucune étape obligatoire ne s’applique, rien ne montre que l’on peut commencer",
    }
    report_gate_unproved() {
        en "Gate LOCKED: the journal is not whole, so nothing shows that it was open",
        es "Puerta CERRADA: el diario no está íntegro; nada demuestra que estuviera abierta",
        fr "Porte VERROUILLÉE : le journal n’est pas entier ; rien ne montre qu’elle était ouverte",
    }
    /// What stands over a list of what is damaged.
    report_damaged() {
        en "DAMAGED: not everything is as it was written. What is damaged, and every record after it, is not shown here.",
        es "DAÑADO: no todo está como se escribió. Lo dañado, y los registros que le siguen, no se muestran aquí.",
        fr "ENDOMMAGÉ : tout n’est pas tel qu’il a été écrit. Ce qui est endommagé, et les enregistrements qui suivent, ne figurent pas ici.",
    }
    /// What stands over what a later greenlight is known by.
    report_newer() {
        en "WRITTEN BY A LATER GREENLIGHT: what it wrote that is not known here, and every record after it, is not shown.",
        es "ESCRITO POR UN GREENLIGHT POSTERIOR: lo que escribió y aquí no se conoce, y los registros que le siguen, no se muestran.",
        fr "ÉCRIT PAR UN GREENLIGHT PLUS RÉCENT : ce qu’il a écrit et qui n’est pas connu ici, et les enregistrements qui suivent, ne figurent pas.",
    }
    report_elevated() { en "as administrator", es "como administrador", fr "en administrateur" }
    report_not_elevated() { en "not as administrator", es "no como administrador", fr "pas en administrateur" }
    report_whole() {
        en "The run's files are as they were written",
        es "Los archivos de la ejecución están como se escribieron",
        fr "Les fichiers de l’exécution sont tels qu’ils ont été écrits",
    }
    report_sealed(time, by) {
        en "Handed off and sealed at {time} by {by}",
        es "Entregada y sellada el {time} por {by}",
        fr "Remise et scellée le {time} par {by}",
    }
    report_as_of(time) {
        en "As recorded up to {time}",
        es "Según lo registrado hasta {time}",
        fr "D’après ce qui était enregistré au {time}",
    }
    report_redacted() {
        en "Names, computers and domains are replaced: the same token is the same name.",
        es "Los nombres, equipos y dominios están sustituidos: la misma marca es el mismo nombre.",
        fr "Les noms, ordinateurs et domaines sont remplacés : la même marque est le même nom.",
    }
    report_run() { en "Run", es "Ejecución", fr "Exécution" }
    report_checklist() { en "Checklist", es "Lista", fr "Liste" }
    report_began() { en "Began", es "Inicio", fr "Début" }
    report_last() { en "Last record", es "Último registro", fr "Dernier enregistrement" }
    report_operators() { en "Operators", es "Operadores", fr "Opérateurs" }
    /// An operator and since when.
    report_operator(who, time) { en "{who} since {time}", es "{who} desde {time}", fr "{who} depuis {time}" }
    report_shells() { en "PowerShell", es "PowerShell", fr "PowerShell" }
    report_journal() { en "Journal", es "Diario", fr "Journal" }
    /// The last record was cut off, and set aside.
    report_quarantined(file, bytes, time) {
        en "a record that was cut off while it was written ({bytes} bytes) was set aside in {file} at {time}; it is no part of the run",
        es "un registro interrumpido al escribirse ({bytes} bytes) se apartó en {file} el {time}; no forma parte de la ejecución",
        fr "un enregistrement interrompu à l’écriture ({bytes} octets) a été mis de côté dans {file} le {time} ; il ne fait pas partie de l’exécution",
    }
    report_orphan_file(file, time) {
        en "{file} was left behind by a command or a handoff that was cut off; it is recorded as it was found at {time}",
        es "{file} quedó de un comando o un traspaso interrumpido; se registró tal como se encontró el {time}",
        fr "{file} est resté d’une commande ou d’une remise interrompue ; il est enregistré tel qu’il a été trouvé le {time}",
    }
    report_write_failed(why, time) {
        en "the run stood still until {time}: {why}",
        es "la ejecución estuvo detenida hasta el {time}: {why}",
        fr "l’exécution est restée arrêtée jusqu’au {time} : {why}",
    }
    report_head() { en "Journal head", es "Cabeza del diario", fr "Tête du journal" }
    report_head_use(command) {
        en "Keep the code elsewhere. `{command}` shows whether the journal is still the one that this was made from.",
        es "Guarde el código en otro lugar. `{command}` muestra si el diario sigue siendo el mismo del que se hizo esto.",
        fr "Conservez le code ailleurs. `{command}` montre si le journal est toujours celui dont ceci a été tiré.",
    }
    report_inputs() { en "Inputs", es "Entradas", fr "Entrées" }
    report_steps() { en "Steps", es "Pasos", fr "Étapes" }
    report_step() { en "Step", es "Paso", fr "Étape" }
    report_verdict() { en "Verdict", es "Veredicto", fr "Verdict" }
    report_duration() { en "Duration", es "Duración", fr "Durée" }
    report_advisory() { en "advisory", es "orientativo", fr "indicatif" }
    /// The read-only command.
    report_check() { en "Check", es "Comprobación", fr "Vérification" }
    report_apply(changes) {
        en "Command that makes it hold; it changes {changes}",
        es "Comando que lo cumple; cambia {changes}",
        fr "Commande qui l’établit ; elle modifie {changes}",
    }
    report_reason() { en "Reason", es "Motivo", fr "Motif" }
    report_property() { en "Property", es "Propiedad", fr "Propriété" }
    report_object() { en "(the object)", es "(el objeto)", fr "(l’objet)" }
    report_expected() { en "Expected", es "Esperado", fr "Attendu" }
    report_found() { en "Found", es "Encontrado", fr "Trouvé" }
    report_met() { en "Met", es "Cumple", fr "Rempli" }
    report_yes() { en "yes", es "sí", fr "oui" }
    report_no() { en "NO", es "NO", fr "NON" }
    report_remedy() { en "Remedy", es "Remedio", fr "Remède" }
    report_errors() { en "Errors", es "Errores", fr "Erreurs" }
    /// A statement by a person, as the text that stands above it.
    report_attested(name, time) {
        en "Stated, not measured, by {name} at {time}:",
        es "Declarado, no medido, por {name} el {time}:",
        fr "Déclaré, non mesuré, par {name} le {time} :",
    }
    report_unattested() {
        en "To be stated by a person; nobody has:",
        es "Lo debe declarar una persona; nadie lo ha hecho:",
        fr "À déclarer par une personne ; personne ne l’a fait :",
    }
    report_note() { en "Note", es "Nota", fr "Note" }
    report_keyboard(who) {
        en "At the keyboard: {who}",
        es "Al teclado: {who}",
        fr "Au clavier : {who}",
    }
    report_attempts(count) {
        en "Commands run for this step: {count}",
        es "Comandos ejecutados en este paso: {count}",
        fr "Commandes exécutées pour cette étape : {count}",
    }
    report_purpose_check() { en "check", es "comprobar", fr "vérifier" }
    report_purpose_apply() { en "apply", es "aplicar", fr "appliquer" }
    report_done() { en "done", es "hecho", fr "fait" }
    report_failed() { en "failed", es "falló", fr "a échoué" }
    report_what() { en "What", es "Qué", fr "Quoi" }
    report_when() { en "Began", es "Inicio", fr "Début" }
    report_by() { en "By", es "Por", fr "Par" }
    report_outcome() { en "Outcome", es "Resultado", fr "Résultat" }
    report_output(file) {
        en "End of the last output ({file})",
        es "Final de la última salida ({file})",
        fr "Fin de la dernière sortie ({file})",
    }
    /// What stands over the applies beyond the session.
    report_applies() {
        en "Applied, with what was found before and after",
        es "Aplicado, con lo encontrado antes y después",
        fr "Appliqué, avec ce qui a été trouvé avant et après",
    }
    /// An apply, what it changes, and how it ended.
    report_apply_run(number, time, by, what, outcome) {
        en "Apply {number}, {time}, {by} ({what}): {outcome}",
        es "Aplicación {number}, {time}, {by} ({what}): {outcome}",
        fr "Application {number}, {time}, {by} ({what}) : {outcome}",
    }
    /// One that was confirmed and not run, and why.
    report_apply_not_run(time, by, what, why) {
        en "{time}, {by} ({what}): {why}",
        es "{time}, {by} ({what}): {why}",
        fr "{time}, {by} ({what}) : {why}",
    }
    report_verdict_because(word, reason) { en "{word}: {reason}", es "{word}: {reason}", fr "{word} : {reason}" }
    report_before() { en "Before", es "Antes", fr "Avant" }
    report_after() { en "After", es "Después", fr "Après" }
    report_no_before() {
        en "no check before it is recorded",
        es "no consta ninguna comprobación previa",
        fr "aucune vérification préalable n’est enregistrée",
    }
    report_not_read_back() {
        en "no check has read back what it did",
        es "ninguna comprobación ha leído lo que hizo",
        fr "aucune vérification n’a relu ce qu’elle a fait",
    }
    report_rows_before() { en "Rows that failed before", es "Filas que fallaban antes", fr "Lignes en échec avant" }
    report_rows_after() { en "Rows that fail after", es "Filas que fallan después", fr "Lignes en échec après" }
    report_handoff() { en "Handoff", es "Entrega", fr "Remise" }
    report_file() { en "File", es "Archivo", fr "Fichier" }
    report_bytes() { en "Bytes", es "Bytes", fr "Octets" }
    report_script_begin(checklist, version) {
        en "Handoff of the checklist {checklist} {version}. Read it before you run it.",
        es "Entrega de la lista {checklist} {version}. Léalo antes de ejecutarlo.",
        fr "Remise de la liste {checklist} {version}. Lisez-le avant de l’exécuter.",
    }
    report_script_run(run, time, by) {
        en "Run {run}, written at {time} by {by}.",
        es "Ejecución {run}, escrito el {time} por {by}.",
        fr "Exécution {run}, écrit le {time} par {by}.",
    }
    report_script_head(code) {
        en "Journal head before the seal: {code}",
        es "Cabeza del diario antes del sello: {code}",
        fr "Tête du journal avant le scellé : {code}",
    }
    report_script_not_applying(step, why) {
        en "Does not apply: {step}, {why}",
        es "No se aplica: {step}, {why}",
        fr "Ne s’applique pas : {step}, {why}",
    }
    report_script_advisory(step, state) {
        en "Advisory, and not green: {step}, {state}",
        es "Orientativo, y no en verde: {step}, {state}",
        fr "Indicatif, et pas au vert : {step}, {state}",
    }
    report_script_rehearsed() {
        en "REHEARSAL: nothing was checked, so this script does nothing. What it would do stands in it, to be read.",
        es "ENSAYO: no se comprobó nada, así que este script no hace nada. Lo que haría está escrito en él, para leerlo.",
        fr "RÉPÉTITION : rien n’a été vérifié, ce script ne fait donc rien. Ce qu’il ferait y est écrit, à lire.",
    }
    report_script_inputs() {
        en "What the operator gave:",
        es "Lo que indicó el operador:",
        fr "Ce que l’opérateur a indiqué :",
    }
}
