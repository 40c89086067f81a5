//! What is told to whoever looked away.

sentences! {
    /// A command asks: the word of the window's title.
    attention_word_asks() { en "asks", es "pregunta", fr "question" }
    attention_asks(step) { en "{step}: PowerShell asks", es "{step}: PowerShell pregunta", fr "{step} : PowerShell pose une question" }
    attention_ended(step, status) { en "{step}: {status}", es "{step}: {status}", fr "{step} : {status}" }
}
