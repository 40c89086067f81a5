//! A step that is checked again and again after its apply.

use super::Text;
use crate::checklist::{Span, Until};
use crate::run::{Pace, WaitProgress};

sentences! {
    refused_extended() {
        en "It was given more time already; that can be done once.",
        es "Ya se le dio más tiempo; solo se puede una vez.",
        fr "Elle a déjà reçu plus de temps ; cela n’est possible qu’une fois.",
    }
    /// As far as the command knows.
    time_left(left) { en "{left} left", es "quedan {left}", fr "reste {left}" }
    /// The word for a step that was applied, and is checked again until it is green or the time is up.
    word_polling() { en "waiting", es "en espera", fr "en attente" }
    /// What is behind a wait, and what of it there is.
    wait_elapsed(elapsed, limit) {
        en "{elapsed} of {limit}",
        es "{elapsed} de {limit}",
        fr "{elapsed} sur {limit}",
    }
    wait_next(time) {
        en "checked again in {time}",
        es "se comprueba de nuevo en {time}",
        fr "nouvelle vérification dans {time}",
    }
    /// Behind how long a wait takes.
    wait_shortened(told) {
        en "{told} (in this rehearsal the time is shortened)",
        es "{told} (en este ensayo el tiempo se acorta)",
        fr "{told} (le temps est raccourci dans cette répétition)",
    }
    wait_checks() { en "being checked", es "comprobándose", fr "vérification en cours" }
    wait_with(elapsed, next) { en "{elapsed}, {next}", es "{elapsed}, {next}", fr "{elapsed}, {next}" }
    why_polling(progress) {
        en "waiting, {progress}",
        es "en espera, {progress}",
        fr "en attente, {progress}",
    }
    sign_polling() {
        en "it was applied, and is checked again until it is green or the time is up",
        es "se aplicó, y se comprueba de nuevo hasta que esté verde o pase el tiempo",
        fr "elle a été appliquée, et est vérifiée jusqu’au vert ou à la fin du délai",
    }
    count_waiting(count) { en "{count} waiting", es "{count} en espera", fr "{count} en attente" }
    /// The output is of such a check.
    checking_again() { en "checking again", es "comprobando de nuevo", fr "nouvelle vérification" }
    checked_until(every, limit) {
        en "After it: checked every {every} until it is green, for {limit} at most.",
        es "Después: se comprueba cada {every} hasta que esté verde, durante {limit} como máximo.",
        fr "Ensuite : vérification toutes les {every} jusqu’au vert, pendant {limit} au plus.",
    }
    plain_waits(key) {
        en "While a step waits, you may go on; {key}.",
        es "Mientras un paso espera, puede seguir; {key}.",
        fr "Pendant qu’une étape attend, vous pouvez continuer ; {key}.",
    }
    plain_key_stop_waiting() { en "stop waiting", es "dejar de esperar", fr "cesser d’attendre" }
}

impl Text {
    /// How far a wait is, and when its next check comes.
    pub fn wait_progress(self, progress: WaitProgress) -> String {
        let next = progress
            .next
            .map_or_else(|| self.wait_checks(), |next| self.wait_next(clock(next.div_ceil(1000))));
        let progress_and_next = self.wait_with(self.waited(progress), next);
        match progress.pace {
            Pace::AsTheStepSays => progress_and_next,
            Pace::Shortened => self.wait_shortened(progress_and_next),
        }
    }

    /// How far a wait is.
    pub fn waited(self, progress: WaitProgress) -> String {
        self.wait_elapsed(clock(progress.elapsed / 1000), clock(progress.limit / 1000))
    }

    /// How a check is repeated after its apply.
    pub fn until_of(self, until: Until, pace: Pace) -> String {
        let told = self.checked_until(Span(until.every), Span(until.limit));
        match pace {
            Pace::AsTheStepSays => told,
            Pace::Shortened => self.wait_shortened(told),
        }
    }
}

/// A length of time as `m:ss`, or `h:mm:ss`.
pub(crate) fn clock(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}
