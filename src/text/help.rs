//! Sentences of `help` and `config`: the exit codes, and the keys of the configuration file.

sentences! {
    exit_open() {
        en "the gate is open, or the subcommand did its work",
        es "la puerta está abierta, o el subcomando hizo su trabajo",
        fr "la porte est ouverte, ou la sous-commande a fait son travail",
    }
    exit_locked() {
        en "the gate is locked: a step is not green",
        es "la puerta está cerrada: un paso no está en verde",
        fr "la porte est verrouillée : une étape n’est pas verte",
    }
    exit_usage() {
        en "usage, or a bad checklist or input",
        es "uso incorrecto, o una lista o entrada incorrecta",
        fr "utilisation incorrecte, ou liste ou entrée incorrecte",
    }
    exit_no_powershell() {
        en "no usable PowerShell",
        es "no hay un PowerShell utilizable",
        fr "aucun PowerShell utilisable",
    }
    exit_held() {
        en "the run is open in another greenlight",
        es "la ejecución está abierta en otro greenlight",
        fr "l’exécution est ouverte dans un autre greenlight",
    }
    exit_damaged() {
        en "a run's files are damaged or gone",
        es "los archivos de una ejecución están dañados o ya no existen",
        fr "les fichiers d’une exécution sont endommagés ou ont disparu",
    }
    exit_newer() {
        en "a run was written by a later greenlight: use that one",
        es "una ejecución es de un greenlight posterior: use ese",
        fr "une exécution vient d’un greenlight plus récent : utilisez celui-là",
    }
    exit_fault() {
        en "our own fault, or the system's: a full disk, output that was not taken whole",
        es "un fallo nuestro o del sistema: un disco lleno, una salida que no se recibió entera",
        fr "une faute de greenlight ou du système : disque plein, sortie qui n’a pas été reçue en entier",
    }
    exit_interrupted() { en "interrupted", es "interrumpido", fr "interrompu" }
    no_topic(topic, known, hint) {
        en "there is no help on “{topic}”; there is on: {known}.{hint}",
        es "no hay ayuda sobre «{topic}»; la hay sobre: {known}.{hint}",
        fr "il n’y a pas d’aide sur « {topic} » ; il y en a sur : {known}.{hint}",
    }
    /// A flag that says nothing to a subcommand.
    flag_without_use(flag, subcommand) {
        en "--{flag} says nothing to “{subcommand}”; `greenlight help {subcommand}` lists what does",
        es "--{flag} no le dice nada a «{subcommand}»; `greenlight help {subcommand}` muestra lo que admite",
        fr "--{flag} ne dit rien à « {subcommand} » ; `greenlight help {subcommand}` indique ce qu’elle admet",
    }
    config_order() {
        en "A flag wins over an environment variable, and that over this file. What is a comment here counts without being said.",
        es "Una opción prevalece sobre una variable de entorno, y esta sobre este archivo. Lo que aquí es un comentario vale sin decirlo.",
        fr "Une option l’emporte sur une variable d’environnement, et celle-ci sur ce fichier. Ce qui est ici en commentaire vaut sans être dit.",
    }
    config_data_dir() {
        en "Where runs are kept.",
        es "Dónde se guardan las ejecuciones.",
        fr "Où les exécutions sont conservées.",
    }
    config_powershell() {
        en "The PowerShell to use; else Windows PowerShell, else pwsh.",
        es "El PowerShell que se usa; si no, Windows PowerShell, y si no, pwsh.",
        fr "Le PowerShell à utiliser ; sinon Windows PowerShell, sinon pwsh.",
    }
    config_lang() {
        en "The language, \"en\", \"es\" or \"fr\"; else the system's.",
        es "El idioma, \"en\", \"es\" o \"fr\"; si no, el del sistema.",
        fr "La langue, \"en\", \"es\" ou \"fr\" ; sinon celle du système.",
    }
    config_color() {
        en "When to use colour: \"auto\", \"always\" or \"never\".",
        es "Cuándo se usa color: \"auto\", \"always\" (siempre) o \"never\" (nunca).",
        fr "Quand utiliser la couleur : \"auto\", \"always\" (toujours) ou \"never\" (jamais).",
    }
    config_theme() {
        en "The background that the colours are chosen for: \"dark\" or \"light\".",
        es "El fondo para el que se eligen los colores: \"dark\" (oscuro) o \"light\" (claro).",
        fr "Le fond pour lequel les couleurs sont choisies : \"dark\" (sombre) ou \"light\" (clair).",
    }
    config_ascii() { en "Only ASCII signs.", es "Solo signos ASCII.", fr "Seulement des signes ASCII." }
    config_plain() {
        en "Lines and numbered questions instead of screens.",
        es "Líneas y preguntas numeradas en lugar de pantallas.",
        fr "Des lignes et des questions numérotées au lieu d’écrans.",
    }
    config_attention() {
        en "How whoever looked away is told, where the terminal can do it.",
        es "Cómo se avisa a quien no mira, donde el terminal lo permite.",
        fr "Comment prévenir qui regarde ailleurs, là où le terminal le permet.",
    }
}
