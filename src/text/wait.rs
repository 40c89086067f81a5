//! A step that is checked again and again after its apply.

use super::Text;
use crate::checklist::{Span, Until};
use crate::run::{Batch, Pace, WaitProgress};
use crate::shell::Progress;

sentences! {
    refused_extended() {
        en "It was given more time already; that can be done once.",
        es "Ya se le dio más tiempo; solo se puede una vez.",
        fr "Elle a déjà reçu plus de temps ; cela n’est possible qu’une fois.",
    }
    took_longer() {
        en "the command took longer than allowed",
        es "el comando tardó más de lo permitido",
        fr "la commande a dépassé le temps permis",
    }
    took_longer_than(limit) {
        en "the command took longer than the {limit} that it has",
        es "el comando tardó más que el límite de {limit}",
        fr "la commande a dépassé la limite de {limit}",
    }
    took_longer_in_silence(longer) {
        en "{longer} and said nothing: a program may have waited for an answer, at a console that nobody sees",
        es "{longer} sin decir nada: quizá un programa esperaba una respuesta, en una consola que nadie ve",
        fr "{longer} sans rien dire : un programme attendait peut-être une réponse, sur une console que personne ne voit",
    }
    /// How many of how many checks, and how long they take yet by what they took before: `5 of 9, about 1 min`.
    count_about(count, time) { en "{count}, about {time}", es "{count}, unos {time}", fr "{count}, environ {time}" }
    about_minutes(minutes) { en "{minutes} min", es "{minutes} min", fr "{minutes} min" }
    about_seconds(seconds) { en "{seconds} s", es "{seconds} s", fr "{seconds} s" }
    /// Of a command that was given more time: how it ended, and how long it might take in all.
    report_extended(outcome, limit) {
        en "{outcome} (given more time, {limit} in all)",
        es "{outcome} (con más tiempo, {limit} en total)",
        fr "{outcome} (avec plus de temps, {limit} en tout)",
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
    pub(super) fn reason_timed_out(self, silent: bool, limit_ms: Option<u64>) -> String {
        let longer = limit_ms.map(|ms| self.took_longer_than(clock(ms / 1000)));
        let longer = longer.unwrap_or_else(|| self.took_longer());
        if silent { self.took_longer_in_silence(longer) } else { longer }
    }

    /// How far the checks are that run one after another.
    pub fn batch(self, batch: &Batch) -> String {
        self.with_estimate(self.count_of(batch.at, batch.of), batch.left_ms)
    }

    /// The same of what is counted otherwise: minutes, or the seconds by fives, for it is only about so much.
    pub fn with_estimate(self, count: String, left_ms: Option<u64>) -> String {
        let Some(seconds) = left_ms.map(|ms| ms.div_ceil(5_000).max(1) * 5) else { return count };
        let time = match seconds {
            0..60 => self.about_seconds(seconds),
            60.. => self.about_minutes((seconds + 30) / 60),
        };
        self.count_about(count, time)
    }

    /// What a command says of an activity, part by part: how long it still takes, its name and how far it is, what is done now.
    pub fn activity(self, progress: &Progress) -> Vec<String> {
        let named = [progress.activity.as_str(), &progress.status];
        let named = named.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ");
        let left = progress.seconds_remaining.map(|seconds| self.time_left(clock(u64::from(seconds))));
        let parts = [left, Some(named), progress.current_operation.clone()];
        parts.into_iter().flatten().filter(|part| !part.is_empty()).collect()
    }

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
