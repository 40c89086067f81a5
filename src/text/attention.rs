//! What is told to whoever looked away, and what was copied.

sentences! {
    /// A command asks: the word of the window's title.
    attention_word_asks() { en "asks", es "pregunta", fr "question" }
    attention_asks(step) { en "{step}: PowerShell asks", es "{step}: PowerShell pregunta", fr "{step} : PowerShell pose une question" }
    attention_ended(step, status) { en "{step}: {status}", es "{step}: {status}", fr "{step} : {status}" }
    copied(what) { en "copied: {what}", es "copiado: {what}", fr "copié : {what}" }
    copied_of(place, all, what) { en "copied {place} of {all}: {what}", es "copiado {place} de {all}: {what}", fr "copié {place} sur {all} : {what}" }
    copied_nothing() { en "there is nothing to copy here", es "aquí no hay nada que copiar", fr "il n’y a rien à copier ici" }
    /// The key writes into a file.
    copied_nowhere(key) {
        en "this terminal has no clipboard for programs; {key} writes the output into a file",
        es "este terminal no ofrece portapapeles a los programas; {key} escribe la salida en un archivo",
        fr "ce terminal n’offre pas de presse-papiers aux programmes ; {key} écrit la sortie dans un fichier",
    }
}
