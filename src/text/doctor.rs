//! Sentences of `doctor`: what is looked at, and what to do where it is not fit.

sentences! {
    doctor_powershell() { en "PowerShell", es "PowerShell", fr "PowerShell" }
    /// 64-bit or not.
    doctor_bits() { en "bits", es "bits", fr "bits" }
    doctor_elevation() { en "run as administrator", es "ejecutado como administrador", fr "exécuté en administrateur" }
    doctor_language_mode() { en "language mode", es "modo de lenguaje", fr "mode de langage" }
    doctor_policy() { en "execution policy", es "directiva de ejecución", fr "stratégie d’exécution" }
    /// Event 4104.
    doctor_script_block_logging() { en "script block logging", es "registro de bloques de script", fr "journal des blocs de script" }
    /// Event 4103.
    doctor_module_logging() { en "module logging", es "registro de módulos", fr "journal des modules" }
    doctor_transcription() { en "transcription", es "transcripción", fr "transcription" }
    /// `PSModulePath`.
    doctor_module_path() { en "module path", es "ruta de módulos", fr "chemin des modules" }
    doctor_modules() { en "modules", es "módulos", fr "modules" }
    doctor_console() { en "console", es "consola", fr "console" }
    doctor_data_folder() { en "data folder", es "carpeta de datos", fr "dossier des données" }
    doctor_config(path) { en "configuration file: {path}", es "archivo de configuración: {path}", fr "fichier de configuration : {path}" }
    /// The file of a person's own keys.
    doctor_keymap(path) { en "key map: {path}", es "mapa de teclas: {path}", fr "table des touches : {path}" }
    doctor_not_here() { en "not on this system", es "no existe en este sistema", fr "n’existe pas sur ce système" }
    doctor_unknown() { en "unknown", es "desconocido", fr "inconnu" }
    doctor_none() { en "none", es "ninguno", fr "aucun" }
    doctor_yes() { en "yes", es "sí", fr "oui" }
    doctor_no() { en "no", es "no", fr "non" }
    doctor_on() { en "on", es "activado", fr "activé" }
    doctor_off() { en "off", es "desactivado", fr "désactivé" }
    doctor_default() { en "default", es "predeterminada", fr "par défaut" }
    doctor_no_terminal() { en "not a terminal", es "no es un terminal", fr "pas un terminal" }
    /// A console without escape sequences.
    doctor_old_console() {
        en "console without escape sequences",
        es "consola sin secuencias de escape",
        fr "console sans séquences d’échappement",
    }
    /// A program that is no PowerShell, or did not stay.
    doctor_unusable(why) {
        en "this PowerShell cannot be used: {why}",
        es "este PowerShell no se puede usar: {why}",
        fr "ce PowerShell est inutilisable : {why}",
    }
    doctor_remedy_version() {
        en "Install Windows Management Framework 3.0 or later, or name another PowerShell with --powershell.",
        es "Instale Windows Management Framework 3.0 o posterior, o indique otro PowerShell con --powershell.",
        fr "Installez Windows Management Framework 3.0 ou ultérieur, ou indiquez un autre PowerShell avec --powershell.",
    }
    /// What to do with 32 bits.
    doctor_remedy_bits() {
        en "The product's modules are for 64-bit PowerShell: name that one with --powershell (the folder without “SysWOW64”, the name without “(x86)”).",
        es "Los módulos del producto son para PowerShell de 64 bits: indíquelo con --powershell (la carpeta sin «SysWOW64», el nombre sin «(x86)»).",
        fr "Les modules du produit exigent PowerShell 64 bits : indiquez-le avec --powershell (le dossier sans « SysWOW64 », le nom sans « (x86) »).",
    }
    /// What to do without elevation.
    doctor_remedy_elevation() {
        en "Open a console with “Run as administrator” and start greenlight there.",
        es "Abra una consola con «Ejecutar como administrador» e inicie greenlight allí.",
        fr "Ouvrez une console avec « Exécuter en tant qu’administrateur » et lancez-y greenlight.",
    }
    doctor_remedy_language() {
        en "Application control (AppLocker, WDAC) limits PowerShell here; the product's modules will hardly load. Ask whoever manages it for an exception, or use another administration computer.",
        es "El control de aplicaciones (AppLocker, WDAC) limita aquí PowerShell; los módulos del producto difícilmente se cargarán. Pida una excepción a quien lo administre o use otro equipo de administración.",
        fr "Le contrôle des applications (AppLocker, WDAC) limite PowerShell ici ; les modules du produit se chargeront difficilement. Demandez une exception à la personne qui le gère, ou utilisez un autre ordinateur d’administration.",
    }
    /// What to do with a policy that can be changed here.
    doctor_remedy_policy() {
        en "Modules made of scripts will not load. As administrator: Set-ExecutionPolicy RemoteSigned",
        es "Los módulos hechos de scripts no se cargarán. Como administrador: Set-ExecutionPolicy RemoteSigned",
        fr "Les modules faits de scripts ne se chargeront pas. En tant qu’administrateur : Set-ExecutionPolicy RemoteSigned",
    }
    /// What to do with a policy of the domain.
    doctor_remedy_policy_of_group() {
        en "Group Policy sets it, and nothing on this computer overrides that: ask for “Turn on Script Execution” with “Allow local scripts and remote signed scripts”.",
        es "La fija la directiva de grupo y nada en este equipo la anula: pida «Activar la ejecución de scripts» con «Permitir scripts locales y scripts remotos firmados».",
        fr "Elle vient de la stratégie de groupe, que rien sur cet ordinateur ne remplace : demandez « Activer l’exécution des scripts » avec « scripts locaux et scripts distants signés ».",
    }
    doctor_remedy_script_block_logging() {
        en "The text of every command is in the event log (4104). greenlight puts no password into a command; your own checklists must not either.",
        es "El texto de cada comando queda en el registro de eventos (4104). greenlight no pone contraseñas en los comandos; sus propias listas tampoco deben hacerlo.",
        fr "Le texte de chaque commande est dans le journal des événements (4104). greenlight ne met aucun mot de passe dans une commande ; vos propres listes ne doivent pas le faire non plus.",
    }
    doctor_remedy_module_logging() {
        en "The parameters of every command are in the event log (4103): pass no password as plain text, as ConvertTo-SecureString -AsPlainText would.",
        es "Los parámetros de cada comando quedan en el registro de eventos (4103): no pase contraseñas como texto, como haría ConvertTo-SecureString -AsPlainText.",
        fr "Les paramètres de chaque commande sont dans le journal des événements (4103) : ne passez aucun mot de passe en clair, comme le ferait ConvertTo-SecureString -AsPlainText.",
    }
    /// What it means that sessions are written to files.
    doctor_remedy_transcription() {
        en "What commands print is also written to a file that the policy names; whoever may read it sees the tenant's settings.",
        es "Lo que imprimen los comandos se escribe también en un archivo que fija la directiva; quien pueda leerlo verá la configuración del inquilino.",
        fr "Ce que les commandes affichent est aussi écrit dans un fichier fixé par la stratégie ; qui peut le lire voit les paramètres du locataire.",
    }
    /// What to do without a module path.
    doctor_remedy_module_path() {
        en "Without PSModulePath no module is found: remove the empty variable from the environment.",
        es "Sin PSModulePath no se encuentra ningún módulo: quite la variable vacía del entorno.",
        fr "Sans PSModulePath, aucun module n’est trouvé : retirez la variable vide de l’environnement.",
    }
    /// Folders of the module path that Windows PowerShell was not given.
    doctor_left_out(folders) {
        en "Left out for Windows PowerShell, because they are of PowerShell 6 or later: {folders}.",
        es "Windows PowerShell no las recibe, porque son de PowerShell 6 o posterior: {folders}.",
        fr "Windows PowerShell ne les reçoit pas, car ils sont de PowerShell 6 ou ultérieur : {folders}.",
    }
    doctor_added(folders) {
        en "Added, because they are its own: {folders}.",
        es "Añadidas, porque son las suyas: {folders}.",
        fr "Ajoutés, car ce sont les siens : {folders}.",
    }
    /// What to do without modules.
    doctor_remedy_modules() {
        en "The built-in checklist needs Lync (the Lync Server 2013 administrative tools) and LyncOnlineConnector (https://go.microsoft.com/fwlink/p/?LinkId=391911).",
        es "La lista incluida necesita Lync (las herramientas administrativas de Lync Server 2013) y LyncOnlineConnector (https://go.microsoft.com/fwlink/p/?LinkId=391911).",
        fr "La liste intégrée exige Lync (les outils d’administration de Lync Server 2013) et LyncOnlineConnector (https://go.microsoft.com/fwlink/p/?LinkId=391911).",
    }
    /// What to do without a terminal.
    doctor_remedy_no_terminal() {
        en "The screens need a terminal; here --plain and `greenlight check` work.",
        es "Las pantallas necesitan un terminal; aquí funcionan --plain y `greenlight check`.",
        fr "Les écrans demandent un terminal ; ici, --plain et `greenlight check` fonctionnent.",
    }
    doctor_remedy_old_console() {
        en "The screens work with sixteen colours; if signs look wrong, use --ascii.",
        es "Las pantallas funcionan con dieciséis colores; si los signos se ven mal, use --ascii.",
        fr "Les écrans fonctionnent avec seize couleurs ; si les signes s’affichent mal, utilisez --ascii.",
    }
    doctor_remedy_data_folder() {
        en "Runs cannot be kept there: name another folder with --data-dir, or ask for the right to write.",
        es "Allí no se pueden guardar ejecuciones: indique otra carpeta con --data-dir o pida permiso de escritura.",
        fr "Aucune exécution ne peut y être conservée : indiquez un autre dossier avec --data-dir, ou demandez le droit d’écriture.",
    }
}
