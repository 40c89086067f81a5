//! What tells two states apart.

use super::*;

impl Search {
    /// The state with its numbers made relative: two nodes with the same key behave the same for ever.
    pub(super) fn key(&self, node: &Node) -> Vec<u8> {
        let Node { run, witness, .. } = node;
        let mut key = Vec::with_capacity(64);
        key.push(match run.shell() {
            ShellState::Absent => 0,
            ShellState::Opening(_) => 1,
            ShellState::Open(..) => 2,
        });
        let in_handoff = matches!(run.handoff(), HandoffStage::Rechecking { .. } | HandoffStage::Confirming);
        let few = self.needs.len() <= 2;
        for (step, past) in self.checklist.steps.iter().zip(&witness.pasts) {
            // An age that is over the limit stays so.
            let age = |since: u64| witness.now() - since;
            let alive =
                |since: u64| (age(since) < units(step.fresh_for)).then(|| u8::try_from(age(since)).unwrap());
            key.push(past.earned.and_then(alive).map_or(0, |age| 1 + age));
            let flags = [past.dirty, past.cut, past.checked_again && in_handoff];
            key.extend(flags.map(u8::from));
            // Where there are many steps, what comes before and after an apply is looked into no further: few show it all.
            if few && applies_beyond_session(step) {
                let found = run.state(&step.id).and_then(|state| state.found.as_ref());
                let ended = found.is_some_and(|found| format!("{found:?}").contains("ended: Some"));
                let cut = found.is_some_and(|found| found.finding.verdict == Verdict::Interrupted);
                let flags = [past.looked_at, ended, cut];
                key.push(flags.into_iter().fold(0, |bits, flag| bits << 1 | u8::from(flag)));
            }
            if few && step.applies_to_session() {
                let flags = [past.applied, past.was_there, past.again];
                key.push(flags.into_iter().fold(0, |bits, flag| bits << 1 | u8::from(flag)));
            }
            key.push(run.state(&step.id).map_or(0, |state| self.step_key(step, state, node, &alive)));
            if self.reach.sessions {
                key.push(session_key(run, step));
            }
        }
        key.extend(node.waits_key());
        key.extend(self.names_key(witness));
        self.running_key(run, witness, &mut key);
        if self.reach.subjects {
            let known = run.subject_of(Changes::Tenant, node.now);
            let letter =
                |tenant: Option<Tenant>| tenant.map_or(0, |tenant| 1 + u8::try_from(tenant).unwrap());
            key.extend(
                [witness.tenant, witness.says, witness.confirmed.filter(|_| witness.planned.is_some())]
                    .map(letter),
            );
            key.push(u8::from(known.is_some_and(|known| known.is_sure)));
            key.push(witness.just_checked.map_or(0, |step| 1 + u8::try_from(step).unwrap()));
        }
        key.push(20);
        if let Some((step, left)) = witness.planned {
            key.extend([19, u8::try_from(step).unwrap(), u8::try_from(left).unwrap()]);
        }
        let mut list = |steps: &[StepId]| {
            key.extend(steps.iter().map(|step| u8::try_from(self.position(step)).unwrap()));
        };
        list(run.queue());
        list(run.keep_alives());
        // A handoff begins with an empty queue, so the two lists cannot be taken for each other.
        let stage = match run.handoff() {
            HandoffStage::Idle => 21,
            HandoffStage::Confirming => 22,
            HandoffStage::Writing => 23,
            HandoffStage::Sealed { .. } => 24,
            HandoffStage::Rechecking { left } => {
                list(left);
                25
            }
        };
        key.extend([stage, u8::from(witness.given)]);
        if *run.handoff() == HandoffStage::Confirming {
            key.push(u8::from(witness.now() - witness.checked_at >= units(CONFIRM_WITHIN)));
        }
        if !run.queue().is_empty() {
            key.push(witness.trigger as u8);
        }
        let reconnects =
            witness.trigger == Trigger::Reconnect && (!run.queue().is_empty() || witness.task.is_some());
        if witness.going || reconnects {
            key.push(32 + u8::from(witness.going));
            let went = |past: &Past| u8::from(past.went[0]) << 1 | u8::from(past.went[1]);
            key.extend(witness.pasts.iter().map(went));
        }
        if self.reach.sessions || self.reach.waits {
            key.push(30);
            let wish = |wish: &Wish| self.wishes.iter().position(|known| known == wish).unwrap();
            key.extend(run.held().iter().map(|held| u8::try_from(wish(held)).unwrap()));
        }
        // They are only told: what comes after them is looked into where there is little else.
        if self.reach.sessions && self.needs.len() <= 2 {
            key.extend([31, u8::from(witness.abandoned.is_some()), u8::from(witness.shell_end.is_some())]);
        }
        if self.reach.clocks {
            key.extend([u8::try_from(witness.wall + 100).unwrap(), u8::try_from(witness.mono).unwrap()]);
        }
        self.conditions_key(witness, &mut key);
        key
    }

    fn running_key(&self, run: &Run, witness: &Witness, key: &mut Vec<u8>) {
        let Some(running) = run.running() else { return };
        let position = self.position(&running.step);
        let debug = format!("{running:?}");
        let age = match running.purpose {
            Purpose::Check => witness.now() - number(&debug, "lived: ") / UNIT,
            Purpose::Apply => 0,
        };
        let flags = [
            running.purpose == Purpose::Apply,
            running.stopping.is_some(),
            running.asking.is_some(),
            debug.contains("unanswered: Some"),
        ];
        key.push(10 + u8::try_from(position).unwrap());
        key.push(u8::from(witness.kill_asked));
        key.extend(flags.map(u8::from));
        key.push(u8::try_from(age.min(units(self.checklist.steps[position].fresh_for))).unwrap());
        key.extend([
            running.trigger as u8,
            u8::from(running.asking.as_ref().is_some_and(|a| a.prompt == sign_in())),
        ]);
    }

    /// A step's state; Debug output shows what is private of it.
    fn step_key(&self, step: &Step, state: &StepState, node: &Node, alive: &dyn Fn(u64) -> Option<u8>) -> u8 {
        const NOT_GREEN: u8 = 0;
        const CUT: u8 = 128;
        let mut lean = state.clone();
        (lean.applied, lean.again) = (None, None);
        if let Some(found) = &mut lean.found {
            (found.finding.facts, found.finding.failures) = (Vec::new(), Vec::new());
        }
        if let Some(stated) = &mut lean.statement {
            (stated.statement, stated.name, stated.by) = Default::default();
        }
        let whole = format!("{lean:?}");
        let is_cut = state.applied.as_ref().is_some_and(|applied| {
            let read_back = |found: &CheckRecord| {
                found.attempt >= applied.attempt && found.finding.verdict != Verdict::Interrupted
            };
            applied.end == ApplyEnd::Interrupted && !state.found.as_ref().is_some_and(read_back)
        });
        let cut = if is_cut { CUT } else { 0 };
        let dead = |class| if self.reach.detail == Detail::Coarse { NOT_GREEN } else { class };
        let judged = match (&state.found, &state.statement) {
            (None, None) => NOT_GREEN,
            (Some(found), _) if found.finding.verdict == Verdict::Interrupted => dead(1),
            (Some(found), _) if found.finding.verdict != Verdict::Green => NOT_GREEN,
            (Some(_), _) | (None, Some(_)) => {
                let lives = |found: &CheckRecord| match node.run.shell() {
                    ShellState::Open(session, _) => *session == found.session,
                    ShellState::Opening(_) | ShellState::Absent => false,
                };
                let of_this_opening = |_: &CheckRecord| number(&whole, "opening: ") == node.witness.opening;
                let alive = alive(number(&whole, "lived: ") / UNIT);
                if whole.contains("ended: Some") {
                    dead(2)
                } else if whole.contains("expired: true") {
                    dead(5)
                } else if state.found.as_ref().is_some_and(|found| !of_this_opening(found)) {
                    dead(3)
                } else if step.lasts == Lasts::Session
                    && state.found.as_ref().is_some_and(|found| !lives(found))
                {
                    dead(4)
                } else {
                    alive.map_or_else(|| dead(5), |age| 10 + age)
                }
            }
        };
        cut | judged
    }
}

/// What decides how a session comes back: whether the step was ever checked, and whether its session has expired.
fn session_key(run: &Run, step: &Step) -> u8 {
    let Some(state) = run.state(&step.id) else { return 0 };
    let expired = format!("{:?}", state.found).contains("ended: Some(SessionExpired");
    u8::from(state.found.is_some()) | u8::from(expired) << 1
}

/// The number that follows `label` in Debug output.
fn number(debug: &str, label: &str) -> u64 {
    let start = debug.find(label).expect(label) + label.len();
    let digits: String = debug[start..].chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap()
}
