//! Those who look at a search for reasons of their own, and what was written on the way to a state.

use super::*;

/// What was written, the last first.
#[derive(Clone)]
#[cfg_attr(not(unix), expect(dead_code, reason = "who reads it holds the faces against each other, on Unix"))]
pub struct Written(pub Stamped, pub Option<Arc<Self>>);

impl Node {
    pub(super) fn fold(&mut self, event: &Event) {
        Rc::make_mut(&mut self.run).evolve(self.now, event);
        let stamped = Stamped { at: self.now, event: event.clone() };
        self.written = Written(stamped, Some(Arc::new(self.written.clone())));
    }
}

impl Search {
    /// The same search, looked at.
    pub fn seen_by(mut self, onlooker: Box<dyn Onlooker>) -> Self {
        let steps = self.checklist.steps.iter();
        self.judged = steps.map(|step| outcomes::judged(step, Some(&*onlooker))).collect();
        self.onlooker = Some(onlooker);
        self
    }
}

/// Who looks at a search for reasons of his own.
pub trait Onlooker {
    /// How a command can end; only the first is a good end, but for a check of which [`Self::check`] says what it is.
    fn outcomes(&self, step: &Step, purpose: Purpose) -> Vec<Outcome>;

    /// What a check comes to that ends so and must speak of these names, and of which names its rows speak.
    fn check(&self, _step: &Step, _outcome: usize, _covers: NameSet) -> Option<(Verdict, NameSet)> {
        None
    }

    /// Sees each state that is arrived at; gives what tells it apart besides.
    fn sees(&mut self, node: &Node) -> u64;
}
