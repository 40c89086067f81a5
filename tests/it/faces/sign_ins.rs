//! Sign-ins that fail, one after another, and remedies that lead to another step: what comes next, and how often it failed.

use greenlight::facade::run::{Command, Confirmed, Prompt, PromptReply};

use super::{State, all_agree, checklists, first};
use crate::harness::run_driver::RunDriver;

/// A run, and the states in which it was looked at.
struct Watched {
    desk: RunDriver,
    states: Vec<State>,
}

impl Watched {
    fn apply(&mut self, step: &str) {
        let confirmed = Confirmed::NotAsked;
        self.desk.tell(Command::Apply { step: step.into(), confirmed }).unwrap();
    }

    /// What runs ends in one of the ways that it can.
    fn end(&mut self, way: usize) {
        let running = self.desk.run.running().unwrap();
        let step = self.desk.checklist.step(&running.step).unwrap();
        let outcome = checklists::outcomes(step, running.purpose, "b").swap_remove(way);
        self.desk.end_with(outcome);
        self.look();
    }

    fn look(&mut self) {
        let RunDriver { run, now, history, .. } = &self.desk;
        self.states.push(State { run: run.clone(), now: *now, written: history.clone() });
    }

    fn sign_in(&mut self) {
        self.apply("a");
        let prompt =
            Prompt::Credential { caption: String::new(), message: String::new(), user: String::new() };
        self.desk.ask(prompt);
        self.desk.tell(Command::Answer(PromptReply::Answered)).unwrap();
        self.end(GOOD);
        self.end(GOOD);
    }

    /// What comes next of the second step in another one, and how many sign-ins have failed.
    fn stands(&self) -> (Option<String>, u32) {
        let step = self.desk.run.assess(&"b".into(), self.desk.now).unwrap();
        (first(&step.next), step.failed_sign_ins)
    }
}

const GOOD: usize = 0;
/// A check by whose rows neither expectation is met; an apply that throws.
const BAD: usize = 2;

#[test]
fn every_face_counts_failed_sign_ins_and_says_where_remedies_lead_and_what_comes_next() {
    let mut watched = Watched { desk: RunDriver::new(checklists::signing_in()), states: Vec::new() };
    for failed in 0..3 {
        watched.sign_in();
        assert_eq!(watched.stands(), (None, failed));
        watched.apply("b");
        watched.end(BAD);
        watched.end(BAD);
        assert_eq!(watched.stands(), (Some("apply TITLE-a".to_owned()), failed + 1));
    }
    watched.sign_in();
    watched.apply("b");
    watched.end(GOOD);
    watched.end(GOOD);
    assert_eq!(watched.stands(), (None, 0));
    watched.desk.tell(Command::Check("b".into())).unwrap();
    watched.end(BAD);
    assert_eq!(watched.stands(), (Some("apply TITLE-a".to_owned()), 0), "its remedy leads there");
    all_agree(&watched.states);
}
