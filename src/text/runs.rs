//! Words for the runs that there are.

use super::Text;
use crate::sanitize::escape_controls;

sentences! {
    /// When something was last added to a run.
    last_used(time) { en "last used {time}", es "último uso {time}", fr "dernier usage {time}" }
    run_unfinished() { en "unfinished", es "sin terminar", fr "inachevée" }
    run_sealed() { en "sealed", es "sellada", fr "scellée" }
    run_damaged() { en "damaged", es "dañada", fr "endommagée" }
    run_newer() { en "of a later greenlight", es "de un greenlight posterior", fr "d’un greenlight plus récent" }
    run_unreadable() { en "unreadable", es "ilegible", fr "illisible" }
    run_live() { en "live", es "real", fr "réelle" }
    run_rehearsal(scenario) { en "rehearsal “{scenario}”", es "ensayo «{scenario}»", fr "répétition « {scenario} »" }
}

impl Text {
    /// Whether a run is live, or what it rehearses.
    pub fn run_mode(self, scenario: Option<&str>) -> String {
        scenario.map_or_else(|| self.run_live(), |scenario| self.run_rehearsal(escape_controls(scenario)))
    }
}
