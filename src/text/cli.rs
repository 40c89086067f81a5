//! Sentences of the command line.

sentences! {
    no_such_lang(code) {
        en "`{code}` is not one of en, es, fr",
        es "`{code}` no es uno de en, es, fr",
        fr "`{code}` n’est pas l’un de en, es, fr",
    }
    no_data_dir() {
        en "no folder for runs is known on this system; name one with --data-dir",
        es "no se conoce ninguna carpeta para las ejecuciones; indique una con --data-dir",
        fr "aucun dossier connu pour les exécutions ; indiquez-en un avec --data-dir",
    }
    no_checklist(name, known, hint) {
        en "there is no checklist and no file “{name}”; built in: {known}.{hint}",
        es "no existe la lista ni el archivo «{name}»; incluidas: {known}.{hint}",
        fr "aucune liste ni aucun fichier « {name} » ; intégrées : {known}.{hint}",
    }
    did_you_mean(word) {
        en " Did you mean “{word}”?",
        es " ¿Quiso decir «{word}»?",
        fr " Vouliez-vous dire « {word} » ?",
    }
    unreadable(path, why) {
        en "cannot read {path}: {why}",
        es "no se puede leer {path}: {why}",
        fr "impossible de lire {path} : {why}",
    }
    config_too_large(path, bytes) {
        en "{path}: larger than {bytes} bytes",
        es "{path}: mayor de {bytes} bytes",
        fr "{path} : plus de {bytes} octets",
    }
    config_wrong(path, why) { en "{path}: {why}", es "{path}: {why}", fr "{path} : {why}" }
    no_runtime(why) {
        en "start the runtime: {why}",
        es "iniciar el entorno de ejecución: {why}",
        fr "démarrer l’environnement d’exécution : {why}",
    }
    no_manual(why) {
        en "make the manual page: {why}",
        es "crear la página del manual: {why}",
        fr "créer la page de manuel : {why}",
    }
    no_usable_powershell(why) {
        en "no usable PowerShell: {why}. Install Windows PowerShell 3.0 or later, name one with --powershell, or practise with --rehearse",
        es "no hay un PowerShell utilizable: {why}. Instale Windows PowerShell 3.0 o posterior, indique uno con --powershell o practique con --rehearse",
        fr "aucun PowerShell utilisable : {why}. Installez Windows PowerShell 3.0 ou ultérieur, indiquez-en un avec --powershell, ou exercez-vous avec --rehearse",
    }
    not_trusted(name) {
        en "{name} is not built in and nobody is here to look at its commands; read them with `greenlight show`, then give --trust",
        es "{name} no viene incluida y no hay nadie para revisar sus comandos; léalos con `greenlight show` y use --trust",
        fr "{name} n’est pas intégrée et personne n’est là pour lire ses commandes ; lisez-les avec `greenlight show`, puis donnez --trust",
    }
    /// The commands of a file, before they are accepted.
    trust_heading(name) {
        en "{name} is not built in. These are all the commands that it can run:",
        es "{name} no viene incluida. Estos son todos los comandos que puede ejecutar:",
        fr "{name} n’est pas intégrée. Voici toutes les commandes qu’elle peut exécuter :",
    }
    /// A checklist that was named before a subcommand that takes one.
    checklist_first(subcommand, checklist) {
        en "“{checklist}” stands before “{subcommand}” and would be passed over; write: greenlight {subcommand} {checklist}",
        es "«{checklist}» está antes de «{subcommand}» y no se tendría en cuenta; escriba: greenlight {subcommand} {checklist}",
        fr "« {checklist} » se trouve avant « {subcommand} » et serait ignoré ; écrivez : greenlight {subcommand} {checklist}",
    }
    /// A checklist that was named before a subcommand that takes none.
    no_checklist_for(subcommand, checklist) {
        en "“{subcommand}” takes no checklist, and “{checklist}” stands before it",
        es "«{subcommand}» no admite ninguna lista, y «{checklist}» está antes",
        fr "« {subcommand} » ne prend pas de liste, et « {checklist} » se trouve avant",
    }
    /// A content that goes by the id of a built-in checklist.
    trust_other_content(id) {
        en "“{id}” is built into this greenlight with another content: this is an earlier greenlight's, or somebody changed it",
        es "«{id}» está incluida en este greenlight con otro contenido: esta es de un greenlight anterior, o alguien la cambió",
        fr "« {id} » est intégrée à ce greenlight avec un autre contenu : celle-ci vient d’un greenlight antérieur, ou quelqu’un l’a modifiée",
    }
    trust_counts(checks, session, computer, forest, tenant, warnings) {
        en "changes: session {session}, computer {computer}, forest {forest}, tenant {tenant} · checks: {checks} · warnings: {warnings}",
        es "cambios: sesión {session}, equipo {computer}, bosque {forest}, inquilino {tenant} · comprobaciones: {checks} · avisos: {warnings}",
        fr "modifications : session {session}, ordinateur {computer}, forêt {forest}, locataire {tenant} · vérifications : {checks} · avertissements : {warnings}",
    }
    trust_long(name) {
        en "This is longer than the window: scroll up to read all of it, or answer no and read it with `greenlight show {name}` and `greenlight lint {name}`.",
        es "Esto no cabe en la ventana: desplácese hacia arriba para leerlo todo, o responda que no y léalo con `greenlight show {name}` y `greenlight lint {name}`.",
        fr "Ceci dépasse la fenêtre : remontez pour tout lire, ou répondez non et lisez-le avec `greenlight show {name}` et `greenlight lint {name}`.",
    }
    trust_check() {
        en "a check: it should change nothing",
        es "una comprobación: no debería cambiar nada",
        fr "une vérification : elle ne devrait rien modifier",
    }
    trust_handoff(file) {
        en "not run: written for you to run, as {file}",
        es "no se ejecuta: se escribe para que usted lo ejecute, como {file}",
        fr "pas exécuté : écrit pour que vous l’exécutiez, sous le nom {file}",
    }
    /// Empty lines of a command that are not shown.
    trust_empty_lines(count) { en "{count} empty lines", es "{count} líneas vacías", fr "{count} lignes vides" }
    trust_question(yes, no) {
        en "Accept this content? [{yes}/{no}] ",
        es "¿Acepta este contenido? [{yes}/{no}] ",
        fr "Accepter ce contenu ? [{yes}/{no}] ",
    }
    trust_declined() {
        en "not accepted; nothing was run",
        es "no se aceptó; no se ejecutó nada",
        fr "refusé ; rien n’a été exécuté",
    }
    trust_not_kept(path, why) {
        en "accepted, but it cannot be remembered in {path}: {why}; you will be asked again",
        es "aceptado, pero no se puede recordar en {path}: {why}; se le preguntará de nuevo",
        fr "accepté, mais impossible à retenir dans {path} : {why} ; la question reviendra",
    }
    prune_heading() {
        en "To be removed, with their transcripts:",
        es "Se eliminarán, con sus transcripciones:",
        fr "À supprimer, avec leurs transcriptions :",
    }
    /// A run without a record.
    prune_empty() { en "empty", es "vacía", fr "vide" }
    prune_named() { en "named", es "nombrada", fr "nommée" }
    prune_question(count, yes, no) {
        en "Remove {count} run(s) for good? [{yes}/{no}] ",
        es "¿Eliminar definitivamente {count} ejecución(es)? [{yes}/{no}] ",
        fr "Supprimer définitivement {count} exécution(s) ? [{yes}/{no}] ",
    }
    prune_nobody() {
        en "nobody is here to confirm; nothing was removed. Give --yes to remove them",
        es "no hay nadie para confirmar; no se eliminó nada. Use --yes para eliminarlas",
        fr "personne n’est là pour confirmer ; rien n’a été supprimé. Donnez --yes pour les supprimer",
    }
    prune_link(name) {
        en "{name} is a link to a folder elsewhere; greenlight never removes one",
        es "{name} es un enlace a una carpeta de otro lugar; greenlight nunca elimina uno",
        fr "{name} est un lien vers un dossier situé ailleurs ; greenlight n’en supprime jamais",
    }
    /// A run that somebody has worked on since it was listed.
    prune_changed(name) {
        en "{name} was kept: it has changed since it was listed",
        es "{name} se conservó: ha cambiado desde que se enumeró",
        fr "{name} a été conservée : elle a changé depuis qu’elle a été listée",
    }
    prune_declined() { en "nothing was removed", es "no se eliminó nada", fr "rien n’a été supprimé" }
    prune_nothing(folder) {
        en "nothing to remove under {folder}",
        es "nada que eliminar en {folder}",
        fr "rien à supprimer sous {folder}",
    }
    prune_done(count) {
        en "{count} run(s) removed",
        es "{count} ejecución(es) eliminada(s)",
        fr "{count} exécution(s) supprimée(s)",
    }
    input_file_too_large() {
        en "it is larger than 4 MiB",
        es "ocupa más de 4 MiB",
        fr "il dépasse 4 Mio",
    }
    input_file_not_text() {
        en "it is neither UTF-8 nor UTF-16 with a byte order mark",
        es "no está en UTF-8 ni en UTF-16 con marca de orden de bytes",
        fr "il n’est ni en UTF-8, ni en UTF-16 avec un indicateur d’ordre des octets",
    }
    input_file_parted(number, line) {
        en "line {number}: one value a line, and no value of a list holds a comma or a semicolon: {line}",
        es "línea {number}: un valor por línea, y ningún valor de una lista contiene una coma ni un punto y coma: {line}",
        fr "ligne {number} : une valeur par ligne, et aucune valeur d’une liste ne contient de virgule ni de point-virgule : {line}",
    }
    no_input(name, known) {
        en "this checklist has no input “{name}”; it has: {known}",
        es "esta lista no tiene la entrada «{name}»; tiene: {known}",
        fr "cette liste n’a pas d’entrée « {name} » ; elle a : {known}",
    }
    /// An input that a check wanted and nobody gave.
    check_input_missing(ask, id) {
        en "the input “{ask}” has no value: give it with --input {id}=VALUE",
        es "la entrada «{ask}» no tiene valor: indíquelo con --input {id}=VALOR",
        fr "l’entrée « {ask} » n’a pas de valeur : donnez-la avec --input {id}=VALEUR",
    }
    no_run(name, folder) {
        en "there is no run “{name}” under {folder}; `greenlight runs` lists them",
        es "no hay ninguna ejecución «{name}» en {folder}; `greenlight runs` las enumera",
        fr "aucune exécution « {name} » sous {folder} ; `greenlight runs` en donne la liste",
    }
    nothing_to_resume(folder) {
        en "there is no unfinished run under {folder}",
        es "no hay ninguna ejecución sin terminar en {folder}",
        fr "aucune exécution inachevée sous {folder}",
    }
    /// A live run cannot be rehearsed, nor the other way round.
    wrong_mode_live() {
        en "this run is live: resume it without --rehearse",
        es "esta ejecución es real: reanúdela sin --rehearse",
        fr "cette exécution est réelle : reprenez-la sans --rehearse",
    }
    rehearse_again(scenario) {
        en "this run rehearses “{scenario}”, and keeps only that name: resume it with --rehearse and the path of that file",
        es "esta ejecución ensaya «{scenario}» y solo conserva ese nombre: reanúdela con --rehearse y la ruta de ese archivo",
        fr "cette exécution répète « {scenario} » et n’en garde que le nom : reprenez-la avec --rehearse et le chemin de ce fichier",
    }
    not_a_terminal() {
        en "the wizard needs a terminal on standard input and output; use --plain, or `greenlight check`",
        es "el asistente necesita un terminal en la entrada y la salida estándar; use --plain o `greenlight check`",
        fr "l’assistant a besoin d’un terminal en entrée et sortie standard ; utilisez --plain ou `greenlight check`",
    }
    powershell_never_came(detail) {
        en "PowerShell did not start: {detail}",
        es "PowerShell no se inició: {detail}",
        fr "PowerShell n’a pas démarré : {detail}",
    }
    bad_answer(line, why) {
        en "line {line} of the answers: {why}",
        es "línea {line} de las respuestas: {why}",
        fr "ligne {line} des réponses : {why}",
    }
    answer_not_the_form(column) {
        en "not a JSON object of the known form (column {column})",
        es "no es un objeto JSON de la forma conocida (columna {column})",
        fr "ce n’est pas un objet JSON de la forme connue (colonne {column})",
    }
    answer_no_credential() {
        en "a credential was asked: give \"user\" and \"password\"",
        es "se pidió una credencial: indique \"user\" y \"password\"",
        fr "un identifiant est demandé : donnez \"user\" et \"password\"",
    }
    answer_no_choice() {
        en "a choice was asked: give \"choice\"",
        es "se pidió una elección: indique \"choice\"",
        fr "un choix est demandé : donnez \"choice\"",
    }
    answer_no_such_label() {
        en "\"choice\" is none of the labels",
        es "\"choice\" no es ninguna de las etiquetas",
        fr "\"choice\" n’est aucun des libellés",
    }
    answer_no_such_position(last) {
        en "\"choice\" must be a position from 0 to {last}",
        es "\"choice\" debe ser una posición de 0 a {last}",
        fr "\"choice\" doit être une position de 0 à {last}",
    }
    answer_no_text() {
        en "a line was asked: give \"text\"",
        es "se pidió una línea: indique \"text\"",
        fr "une ligne est demandée : donnez \"text\"",
    }
    answer_no_fields(names) {
        en "fields were asked: give \"fields\" with {names}",
        es "se pidieron campos: indique \"fields\" con {names}",
        fr "des champs sont demandés : donnez \"fields\" avec {names}",
    }
    run_folder(path) { en "run folder: {path}", es "carpeta de la ejecución: {path}", fr "dossier de l’exécution : {path}" }
    /// How to go on with a run that was left.
    goes_on(run) {
        en "it is not finished: `greenlight resume {run}` goes on",
        es "no está terminada: `greenlight resume {run}` continúa",
        fr "elle n’est pas terminée : `greenlight resume {run}` la poursuit",
    }
    lint_clean(name, warnings) {
        en "{name}: no mistakes, {warnings} warning(s)",
        es "{name}: sin errores, {warnings} aviso(s)",
        fr "{name} : aucune erreur, {warnings} avertissement(s)",
    }
    lint_warning(what) { en "warning: {what}", es "aviso: {what}", fr "avertissement : {what}" }
    no_runs(folder) { en "no runs under {folder}", es "no hay ejecuciones en {folder}", fr "aucune exécution sous {folder}" }
    /// A journal without damage.
    verify_clean(records) {
        en "{records} records, no damage found",
        es "{records} registros, sin daños",
        fr "{records} enregistrements, aucun dommage",
    }
    /// What follows it.
    verify_head(head) { en "; head {head}", es "; cabeza {head}", fr " ; tête {head}" }
    verify_reach(record, later) {
        en "the code covers records 0 to {record}; {later} came later, and it says nothing of them",
        es "el código cubre los registros 0 a {record}; {later} llegaron después, y de esos no dice nada",
        fr "le code couvre les enregistrements 0 à {record} ; {later} sont venus ensuite, et il n’en dit rien",
    }
    note_renamed(run) {
        en "note: the folder has another name than the run in it, {run}",
        es "nota: la carpeta no se llama como la ejecución que contiene, {run}",
        fr "note : le dossier ne porte pas le nom de l’exécution qu’il contient, {run}",
    }
    note_stray(file) {
        en "note: not part of the record: {file}",
        es "nota: no forma parte del registro: {file}",
        fr "note : ne fait pas partie de ce qui est enregistré : {file}",
    }
    watch_held(by, key) {
        en "watching only; the run is open at {by}. {key} leaves",
        es "solo se observa; la ejecución está abierta en {by}. {key} para salir",
        fr "observation seule ; l’exécution est ouverte chez {by}. {key} pour quitter",
    }
    watch_free(key) {
        en "watching only; nobody has the run open now. {key} leaves",
        es "solo se observa; nadie tiene abierta la ejecución ahora. {key} para salir",
        fr "observation seule ; personne n’a ouvert l’exécution. {key} pour quitter",
    }
    watch_resumed(user, host) {
        en "taken over by {user} on {host}",
        es "{user} la reanuda en {host}",
        fr "reprise par {user} sur {host}",
    }
    /// The journal is not the one that was read.
    watch_changed(record) {
        en "record {record} of the journal is not the one that was read before: while it was watched it was cut, changed or replaced, or the run stood still over it; `greenlight verify` tells more",
        es "el registro {record} del diario no es el que se leyó antes: mientras se observaba fue cortado, cambiado o sustituido, o la ejecución se detuvo en él; `greenlight verify` dice más",
        fr "l’enregistrement {record} du journal n’est plus celui qui avait été lu : pendant l’observation il a été coupé, modifié ou remplacé, ou l’exécution s’y est arrêtée ; `greenlight verify` en dit plus",
    }
    gate_is_open() { en "GATE OPEN", es "PUERTA ABIERTA", fr "PORTE OUVERTE" }
    gate_is_locked() { en "GATE LOCKED", es "PUERTA CERRADA", fr "PORTE VERROUILLÉE" }
    plain_rehearsal() {
        en "REHEARSAL: nothing here is real",
        es "ENSAYO: nada de esto es real",
        fr "RÉPÉTITION : rien ici n’est réel",
    }
    output_lost(why) {
        en "standard output did not take everything: {why}; what arrived is not whole. Make room and try again; `check` and `export` also write a file by themselves, with --out FILE",
        es "la salida estándar no lo recibió todo: {why}; lo que llegó no está completo. Haga sitio e inténtelo de nuevo; `check` y `export` también escriben un archivo por sí mismos, con --out ARCHIVO",
        fr "la sortie standard n’a pas tout reçu : {why} ; ce qui est arrivé n’est pas complet. Faites de la place et réessayez ; `check` et `export` écrivent aussi un fichier eux-mêmes, avec --out FICHIER",
    }
    out_written(path, bytes) {
        en "written to {path}, {bytes} bytes",
        es "escrito en {path}, {bytes} bytes",
        fr "écrit dans {path}, {bytes} octets",
    }
    out_replaced(path, bytes) {
        en "written to {path}, {bytes} bytes, in place of the file that was there",
        es "escrito en {path}, {bytes} bytes, en lugar del archivo que había",
        fr "écrit dans {path}, {bytes} octets, à la place du fichier qui s’y trouvait",
    }
    out_is_folder(path) {
        en "cannot write {path}: it is a folder; name a file in it",
        es "no se puede escribir {path}: es una carpeta; indique un archivo dentro de ella",
        fr "impossible d’écrire {path} : c’est un dossier ; indiquez un fichier dedans",
    }
    out_no_folder(path, folder) {
        en "cannot write {path}: there is no folder {folder}; make it, or name a file elsewhere",
        es "no se puede escribir {path}: no existe la carpeta {folder}; créela o indique un archivo en otro lugar",
        fr "impossible d’écrire {path} : le dossier {folder} n’existe pas ; créez-le ou indiquez un fichier ailleurs",
    }
    out_no_file(path) {
        en "cannot write {path}: it is a device or a pipe, not a file; name a file, or redirect standard output without --out",
        es "no se puede escribir {path}: es un dispositivo o una tubería, no un archivo; indique un archivo o redirija la salida estándar sin --out",
        fr "impossible d’écrire {path} : c’est un périphérique ou un tube, pas un fichier ; indiquez un fichier, ou redirigez la sortie standard sans --out",
    }
    out_read_only(path) {
        en "cannot write {path}: it is read-only, so it is kept; name another file",
        es "no se puede escribir {path}: es de solo lectura, así que se conserva; indique otro archivo",
        fr "impossible d’écrire {path} : il est en lecture seule, donc conservé ; indiquez un autre fichier",
    }
    /// It would lie among the records of a run.
    out_of_a_run(path) {
        en "cannot write {path}: that is the folder of a run, which holds its record alone; name a file elsewhere",
        es "no se puede escribir {path}: es la carpeta de una ejecución, que solo contiene su registro; indique un archivo en otro lugar",
        fr "impossible d’écrire {path} : c’est le dossier d’une exécution, qui ne contient que son enregistrement ; indiquez un fichier ailleurs",
    }
    out_denied(path, why) {
        en "cannot write {path}: {why}; the folder is read-only, or this account may not write there: name a file elsewhere",
        es "no se puede escribir {path}: {why}; la carpeta es de solo lectura o esta cuenta no puede escribir en ella: indique un archivo en otro lugar",
        fr "impossible d’écrire {path} : {why} ; le dossier est en lecture seule, ou ce compte ne peut pas y écrire : indiquez un fichier ailleurs",
    }
    out_failed(path, why) {
        en "cannot write {path}: {why}; what had that name before is as it was. Make room, or name a file elsewhere",
        es "no se puede escribir {path}: {why}; lo que tuviera ese nombre sigue como estaba. Haga sitio o indique un archivo en otro lugar",
        fr "impossible d’écrire {path} : {why} ; ce qui portait ce nom est resté tel quel. Faites de la place ou indiquez un fichier ailleurs",
    }
    /// The checks ran, and their result could not be written.
    out_run_kept(name) {
        en "the checks ran and the run is kept: `greenlight export {name} --out FILE` writes its log elsewhere",
        es "las comprobaciones se hicieron y la ejecución se conserva: `greenlight export {name} --out ARCHIVO` escribe su registro en otro lugar",
        fr "les vérifications ont eu lieu et l’exécution est conservée : `greenlight export {name} --out FICHIER` écrit son journal ailleurs",
    }
    terminal_not_drawn(why) {
        en "failed to draw on the terminal: {why}",
        es "no se pudo dibujar en el terminal: {why}",
        fr "impossible de dessiner sur le terminal : {why}",
    }
    terminal_keys_lost(why) {
        en "failed to read the terminal's keys: {why}",
        es "no se pudieron leer las teclas del terminal: {why}",
        fr "impossible de lire les touches du terminal : {why}",
    }
    terminal_closed() {
        en "the terminal was closed; the run is kept, resume it to go on",
        es "se cerró el terminal; la ejecución se conserva, reanúdela para continuar",
        fr "le terminal a été fermé ; l’exécution est conservée, reprenez-la pour continuer",
    }
    terminal_failed(why) {
        en "the terminal cannot be used: {why}; the run is kept: `greenlight resume`, or --plain",
        es "no se puede usar el terminal: {why}; la ejecución se conserva: `greenlight resume`, o --plain",
        fr "le terminal est inutilisable : {why} ; l’exécution est conservée : `greenlight resume`, ou --plain",
    }
}
