//! Words of the exports.

sentences! {
    /// The first line of a rehearsal's export.
    report_rehearsal(scenario) {
        en "REHEARSAL (scenario “{scenario}”): none of this was done to a real system",
        es "ENSAYO (escenario «{scenario}»): nada de esto se hizo en un sistema real",
        fr "RÉPÉTITION (scénario « {scenario} ») : rien de ceci n’a été fait sur un système réel",
    }
    /// The gate was open.
    report_gate_open() {
        en "Gate OPEN: every required step was green",
        es "Puerta ABIERTA: todos los pasos obligatorios estaban verdes",
        fr "Porte OUVERTE : toutes les étapes obligatoires étaient vertes",
    }
    /// The gate was locked.
    report_gate_locked(count) {
        en "Gate LOCKED: {count} required step(s) were not green",
        es "Puerta CERRADA: {count} paso(s) obligatorio(s) sin verde",
        fr "Porte VERROUILLÉE : {count} étape(s) obligatoire(s) sans vert",
    }
    /// The journal cannot say more of the gate.
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
    /// An account that runs as administrator.
    report_elevated() { en "as administrator", es "como administrador", fr "en administrateur" }
    /// An account that does not.
    report_not_elevated() { en "not as administrator", es "no como administrador", fr "pas en administrateur" }
    /// The name of the test that damage fails.
    report_whole() {
        en "The run's files are as they were written",
        es "Los archivos de la ejecución están como se escribieron",
        fr "Les fichiers de l’exécution sont tels qu’ils ont été écrits",
    }
    /// The run was handed off.
    report_sealed(time, by) {
        en "Handed off and sealed at {time} by {by}",
        es "Entregada y sellada el {time} por {by}",
        fr "Remise et scellée le {time} par {by}",
    }
    /// When the verdicts held.
    report_as_of(time) {
        en "As recorded up to {time}",
        es "Según lo registrado hasta {time}",
        fr "D’après ce qui était enregistré au {time}",
    }
    /// Names were taken out.
    report_redacted() {
        en "Names, computers and domains are replaced: the same token is the same name.",
        es "Los nombres, equipos y dominios están sustituidos: la misma marca es el mismo nombre.",
        fr "Les noms, ordinateurs et domaines sont remplacés : la même marque est le même nom.",
    }
    /// The run.
    report_run() { en "Run", es "Ejecución", fr "Exécution" }
    /// The checklist.
    report_checklist() { en "Checklist", es "Lista", fr "Liste" }
    /// When it began.
    report_began() { en "Began", es "Inicio", fr "Début" }
    /// When the last record was made.
    report_last() { en "Last record", es "Último registro", fr "Dernier enregistrement" }
    /// Who was at the keyboard.
    report_operators() { en "Operators", es "Operadores", fr "Opérateurs" }
    /// An operator and since when.
    report_operator(who, time) { en "{who} since {time}", es "{who} desde {time}", fr "{who} depuis {time}" }
    /// The programs that ran the commands.
    report_shells() { en "PowerShell", es "PowerShell", fr "PowerShell" }
    /// What happened to the journal itself.
    report_journal() { en "Journal", es "Diario", fr "Journal" }
    /// The last record was cut off, and set aside.
    report_set_aside(file, bytes, time) {
        en "a record that was cut off while it was written ({bytes} bytes) was set aside in {file} at {time}; it is no part of the run",
        es "un registro interrumpido al escribirse ({bytes} bytes) se apartó en {file} el {time}; no forma parte de la ejecución",
        fr "un enregistrement interrompu à l’écriture ({bytes} octets) a été mis de côté dans {file} le {time} ; il ne fait pas partie de l’exécution",
    }
    /// A file that nothing had vouched for.
    report_left_behind(file, time) {
        en "{file} was left behind by a command or a handoff that was cut off; it is recorded as it was found at {time}",
        es "{file} quedó de un comando o un traspaso interrumpido; se registró tal como se encontró el {time}",
        fr "{file} est resté d’une commande ou d’une remise interrompue ; il est enregistré tel qu’il a été trouvé le {time}",
    }
    /// The run stood still.
    report_stood_still(why, time) {
        en "the run stood still until {time}: {why}",
        es "la ejecución estuvo detenida hasta el {time}: {why}",
        fr "l’exécution est restée arrêtée jusqu’au {time} : {why}",
    }
    /// The journal's head.
    report_head() { en "Journal head", es "Cabeza del diario", fr "Tête du journal" }
    /// How to use the head.
    report_head_use(command) {
        en "Keep the code elsewhere. `{command}` shows whether the journal is still the one that this was made from.",
        es "Guarde el código en otro lugar. `{command}` muestra si el diario sigue siendo el mismo del que se hizo esto.",
        fr "Conservez le code ailleurs. `{command}` montre si le journal est toujours celui dont ceci a été tiré.",
    }
    /// The operator's values.
    report_inputs() { en "Inputs", es "Entradas", fr "Entrées" }
    /// All steps.
    report_steps() { en "Steps", es "Pasos", fr "Étapes" }
    /// One step.
    report_step() { en "Step", es "Paso", fr "Étape" }
    /// What it came to.
    report_verdict() { en "Verdict", es "Veredicto", fr "Verdict" }
    /// How long the check took.
    report_duration() { en "Duration", es "Duración", fr "Durée" }
    /// A step that does not count.
    report_advisory() { en "advisory", es "orientativo", fr "indicatif" }
    /// The read-only command.
    report_check() { en "Check", es "Comprobación", fr "Vérification" }
    /// The command that changes something.
    report_apply(changes) {
        en "Command that makes it hold; it changes {changes}",
        es "Comando que lo cumple; cambia {changes}",
        fr "Commande qui l’établit ; elle modifie {changes}",
    }
    /// Why the verdict is what it is.
    report_reason() { en "Reason", es "Motivo", fr "Motif" }
    /// A property.
    report_property() { en "Property", es "Propiedad", fr "Propriété" }
    /// The object itself, where there is no property.
    report_object() { en "(the object)", es "(el objeto)", fr "(l’objet)" }
    /// What was expected.
    report_expected() { en "Expected", es "Esperado", fr "Attendu" }
    /// What was found.
    report_found() { en "Found", es "Hallado", fr "Trouvé" }
    /// Whether that is enough.
    report_met() { en "Met", es "Cumple", fr "Rempli" }
    /// It is.
    report_yes() { en "yes", es "sí", fr "oui" }
    /// It is not.
    report_no() { en "NO", es "NO", fr "NON" }
    /// What to do.
    report_remedy() { en "Remedy", es "Remedio", fr "Remède" }
    /// Errors of the last commands.
    report_errors() { en "Errors", es "Errores", fr "Erreurs" }
    /// A statement by a person, as the text that stands above it.
    report_attested(name, time) {
        en "Stated, not measured, by {name} at {time}:",
        es "Declarado, no medido, por {name} el {time}:",
        fr "Déclaré, non mesuré, par {name} le {time} :",
    }
    /// A statement that nobody has made.
    report_unattested() {
        en "To be stated by a person; nobody has:",
        es "Lo debe declarar una persona; nadie lo ha hecho:",
        fr "À déclarer par une personne ; personne ne l’a fait :",
    }
    /// What they added.
    report_note() { en "Note", es "Nota", fr "Note" }
    /// At whose keyboard.
    report_keyboard(who) {
        en "At the keyboard: {who}",
        es "Al teclado: {who}",
        fr "Au clavier : {who}",
    }
    /// The commands that were run for a step.
    report_attempts(count) {
        en "Commands run for this step: {count}",
        es "Comandos ejecutados en este paso: {count}",
        fr "Commandes exécutées pour cette étape : {count}",
    }
    /// The purpose of a command: a check.
    report_purpose_check() { en "check", es "comprobar", fr "vérifier" }
    /// The purpose of a command: an apply.
    report_purpose_apply() { en "apply", es "aplicar", fr "appliquer" }
    /// An apply that ran to its end.
    report_done() { en "done", es "hecho", fr "fait" }
    /// An apply that failed.
    report_failed() { en "failed", es "falló", fr "a échoué" }
    /// What was run.
    report_what() { en "What", es "Qué", fr "Quoi" }
    /// When.
    report_when() { en "Began", es "Inicio", fr "Début" }
    /// Who ran it.
    report_by() { en "By", es "Por", fr "Par" }
    /// How it ended.
    report_outcome() { en "Outcome", es "Resultado", fr "Résultat" }
    /// The end of the last output.
    report_output(file) {
        en "End of the last output ({file})",
        es "Final de la última salida ({file})",
        fr "Fin de la dernière sortie ({file})",
    }
    /// The gate's reasons.
    report_gate() { en "Gate", es "Puerta", fr "Porte" }
    /// The handoff.
    report_handoff() { en "Handoff", es "Entrega", fr "Remise" }
    /// A file and its digest.
    report_file() { en "File", es "Archivo", fr "Fichier" }
    /// A length.
    report_bytes() { en "Bytes", es "Bytes", fr "Octets" }
    /// What begins the handoff's script.
    report_script_begin(checklist, version) {
        en "Handoff of the checklist {checklist} {version}. Read it before you run it.",
        es "Entrega de la lista {checklist} {version}. Léalo antes de ejecutarlo.",
        fr "Remise de la liste {checklist} {version}. Lisez-le avant de l’exécuter.",
    }
    /// Where the script comes from.
    report_script_run(run, time, by) {
        en "Run {run}, written at {time} by {by}.",
        es "Ejecución {run}, escrito el {time} por {by}.",
        fr "Exécution {run}, écrit le {time} par {by}.",
    }
    /// The head at the time of writing.
    report_script_head(code) {
        en "Journal head before the seal: {code}",
        es "Cabeza del diario antes del sello: {code}",
        fr "Tête du journal avant le scellé : {code}",
    }
    /// What the operator gave.
    report_script_inputs() {
        en "What the operator gave:",
        es "Lo que indicó el operador:",
        fr "Ce que l’opérateur a indiqué :",
    }
}
