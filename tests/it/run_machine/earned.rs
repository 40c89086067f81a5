//! What the history shows to be earned; shares nothing with `evolve`.

use super::*;

impl World {
    /// Whether the history shows that this step holds now. Reads backwards; shares nothing with `evolve`.
    pub(super) fn earned(&self, id: &str) -> bool {
        let checklist = checklist();
        let step = checklist.step(&id.into()).unwrap();
        if !step.needs.iter().all(|need| self.earned(need.as_str())) {
            return false;
        }
        match &step.kind {
            StepKind::Attested { .. } => {
                let said = self.history.iter().rposition(|s| matches!(&s.event, Event::Attested { .. }));
                said.is_some_and(|said| {
                    self.fresh(said) && !self.set_back(said) && !self.shaken(id, said, false)
                })
            }
            StepKind::Measured { .. } => self.measured_well(id, step),
        }
    }

    /// Whether its last check ended well, and nothing has ended that.
    fn measured_well(&self, id: &str, step: &Step) -> bool {
        let now = self.run.running().filter(|running| running.step.as_str() == id);
        let running = now.is_some_and(|running| running.trigger != Trigger::KeepAlive);
        // What is only looked after stays as it was found until it is found otherwise.
        let looked_after = now.map(|running| running.attempt);
        let started = |event: &Event| {
            matches!(event, Event::Started { step, purpose: Purpose::Check, attempt, .. }
            if step.as_str() == id && Some(*attempt) != looked_after)
        };
        let Some(start) = self.history.iter().rposition(|s| started(&s.event)) else { return false };
        let Event::Started { attempt, session, .. } = &self.history[start].event else {
            return false;
        };
        let ended = self.history.iter().find_map(|s| match &s.event {
            Event::Checked { attempt: own, finding, .. } if own == attempt => Some(finding.verdict),
            _ => None,
        });
        let session_ended = self.history[start..]
            .iter()
            .any(|s| matches!(&s.event, Event::ShellEnded { session: own, .. } if own == session));
        let asked_in_vain = self.history[start..]
            .iter()
            .any(|s| matches!(&s.event, Event::Applied { unanswered: Some(_), .. }));
        let lives = step.lasts == Lasts::Run || !session_ended;
        !running
            && ended == Some(Verdict::Green)
            && lives
            && !asked_in_vain
            && self.fresh(start)
            && !self.shaken(id, start, true)
    }

    fn fresh(&self, position: usize) -> bool {
        let since = &self.history[position..];
        let between: u64 = since.windows(2).map(|two| passed(two[0].at, two[1].at, !resumed(&two[1]))).sum();
        let age = between + passed(since.last().unwrap().at, self.now, true);
        u128::from(age) < FRESH.as_millis()
    }

    /// Whether a process found the wall clock before where the last one left it.
    fn set_back(&self, position: usize) -> bool {
        self.history[position..].windows(2).any(|two| resumed(&two[1]) && two[1].at.wall < two[0].at.wall)
    }

    /// Whether anything since has ended the greens of this step, by itself or by what it rests on.
    fn shaken(&self, id: &str, from: usize, own_check: bool) -> bool {
        let checklist = checklist();
        let roots = roots(&checklist, id);
        self.history[from + 1..].iter().enumerate().any(|(offset, stamped)| match &stamped.event {
            Event::Started { step, purpose: Purpose::Apply, .. } => roots.contains(&step.to_string()),
            Event::InputGiven { .. } => {
                let earlier = self.history[..=from + offset]
                    .iter()
                    .any(|s| matches!(&s.event, Event::InputGiven { .. }));
                earlier && roots.contains(&"base".to_owned())
            }
            Event::Resumed { .. } if own_check => true,
            Event::Resumed { .. } | Event::ShellEnded { .. } => roots
                .iter()
                .any(|root| checklist.step(&root.as_str().into()).unwrap().lasts == Lasts::Session),
            Event::Checked { attempt, finding, .. } if finding.verdict == Verdict::Red => {
                self.history.iter().any(|stamped| {
                    matches!(&stamped.event, Event::Started { step, attempt: own, .. }
                        if own == attempt && roots.contains(&step.to_string()))
                })
            }
            Event::Answered { attempt, given: PromptReply::Declined | PromptReply::Unattended, .. } => {
                roots.contains(&"session".to_owned())
                    && self.signed_in_anew(*attempt, &self.history[..=from + offset])
            }
            _ => false,
        })
    }

    /// Whether the last question of `attempt` was one to sign in although there is a session.
    fn signed_in_anew(&self, attempt: greenlight::facade::run::Attempt, history: &[Stamped]) -> bool {
        let asked = history.iter().rev().find_map(|s| match &s.event {
            Event::Asked { attempt: own, prompt, .. } if *own == attempt => {
                Some(matches!(prompt, Prompt::Credential { .. }))
            }
            _ => None,
        });
        let on_a_session = self.history.iter().any(|s| match &s.event {
            Event::Started { attempt: own, step, purpose, .. } => {
                let of_session = step.as_str() == "session" && *purpose == Purpose::Check;
                *own == attempt && (of_session || step.as_str() == "tenant")
            }
            _ => false,
        });
        asked == Some(true) && on_a_session
    }
}

/// Between two records that time has passed which either clock shows; across processes only the wall clock can.
fn passed(from: Moment, to: Moment, same_process: bool) -> u64 {
    let wall = u64::try_from(to.wall - from.wall).unwrap_or(0);
    if same_process { wall.max(to.mono - from.mono) } else { wall }
}

fn resumed(stamped: &Stamped) -> bool {
    matches!(stamped.event, Event::Resumed { .. })
}

/// What a step rests on, directly or not, itself included.
fn roots(checklist: &Checklist, id: &str) -> Vec<String> {
    let mut roots = vec![id.to_owned()];
    let mut position = 0;
    while let Some(root) = roots.get(position).cloned() {
        roots.extend(checklist.step(&root.as_str().into()).unwrap().needs.iter().map(ToString::to_string));
        position += 1;
    }
    roots
}
