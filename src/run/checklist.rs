//! A run of a checklist: its steps, the gate behind them, the handoff behind that.
//!
//! One kind of run ([`RunKind`](super::RunKind)). What every kind needs stands above it, in `run`: moments, people, commands and
//! their sessions, questions, values, and the judging of what a command returned. A run of another kind is a module beside this one.

mod age;
mod applicability;
mod applies;
mod assessment;
mod command;
mod count;
mod covers;
mod credential;
mod decide;
mod endings;
mod event;
mod evidence;
mod evolve;
mod failed_rows;
pub(crate) mod gate;
mod going;
mod holds;
mod inputs;
mod lead;
mod life;
mod may;
mod next_action;
mod outputs;
mod running;
mod sign_in;
mod started;
mod state;
mod stated;
mod status;
mod step_queue;
mod subject;
mod wait;
mod wish;

pub use applicability::{Applicability, Applies, Doubt, StepApplies, WhyNot};
pub use assessment::{Assessment, StatusReason};
pub use command::{Command, Decision, Effect, HandoffFault, Refusal, Timer, Unvouched};
pub use count::{Count, Heading};
pub use decide::CONFIRM_WITHIN_MS;
pub use event::{AbandonCause, ApplyGivenUp, Event, Expiry, GoEnd, Stamped, WaitEnd};
pub(crate) use failed_rows::FailedRows;
pub(crate) use gate::Reason;
pub use going::{Going, HeldBy};
pub(crate) use life::Lost;
pub use next_action::NextAction;
pub use outputs::{CommandOutput, Outputs};
pub(crate) use running::Running;
pub(crate) use state::LastApply;
pub use state::{AgainCause, CheckRecord, HandoffStage, Run, ShellState, StepState};
pub use status::{StaleCause, StepStatus};
pub use subject::KnownSubject;
pub use wait::{Pace, WaitProgress};
pub use wish::{Confirmed, Wish};
