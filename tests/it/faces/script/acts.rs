//! What the operator does, and the checklist and the scenario by which every word that is told has one place.

/// One thing that an operator does.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    /// Gives the input of this number and id another value: of its choices this one, or this text.
    Choose(usize, &'static str, usize),
    Give(usize, &'static str, &'static str),
    CheckAll,
    /// Checks the step of this number.
    Check(usize),
    /// Applies what changes only the session, and declines what it asks.
    Decline(usize),
    /// The same, and takes the first choice.
    Apply(usize),
    /// The same of what asks for a credential: where no name is suggested without one, and then with this one.
    SignIn(usize, Option<&'static str>),
    /// Applies what changes more, and types this to confirm it.
    Change(usize, &'static str),
    /// The same of what goes on until it is stopped.
    Begin(usize, &'static str),
    MoreTime,
    Stop,
    /// States that a step holds, by this name.
    State(usize, &'static str),
    /// Has the run go on by itself, as far as that is.
    Go,
    /// Begins the handoff, and types this to confirm it.
    HandOff(&'static str),
}

pub const SCRIPT: &[Act] = &[
    Act::Choose(1, "wave", 1),
    Act::Give(2, "limit", "VALUE-second"),
    Act::CheckAll,
    Act::Check(3),
    Act::Decline(2),
    Act::Apply(2),
    Act::Check(3),
    Act::Change(3, "apply"),
    Act::Change(3, "APPLY"),
    Act::Check(6),
    Act::Begin(7, "APPLY"),
    Act::MoreTime,
    Act::MoreTime,
    Act::Stop,
    Act::SignIn(4, Some("USER-ana")),
    Act::SignIn(4, None),
    Act::Go,
    Act::State(5, "Ana"),
    Act::HandOff("SEALIT"),
];

pub const INPUTS: usize = 2;

/// How many steps there are.
pub const STEPS: usize = 7;

pub const CHECKLIST: &str = r#"
format = 1
id = "acts"
version = "1"
title = "Acts"
[[input]]
id = "wave"
kind = "choice"
choices = ["WAVE-one", "WAVE-two"]
default = "WAVE-two"
ask = "ASK-wave"
help = "HELP-wave"
[[input]]
id = "limit"
kind = "text"
ask = "ASK-limit"
help = "HELP-limit"
[[step]]
id = "base"
title = "TITLE-base"
why = "WHY-base"
[step.check]
command = "CHECKING-base"
expect = [{ property = "State", is = "Fit" }]
[[step]]
id = "session"
title = "TITLE-session"
why = "WHY-session"
[step.check]
command = "CHECKING-session"
expect = [{ property = "State", is = "Opened" }]
[step.apply]
command = "APPLYING-session"
changes = "session"
[[step]]
id = "far"
title = "TITLE-far"
why = "WHY-far"
needs = ["session"]
[step.check]
command = "CHECKING-far $limit $wave"
expect = [{ property = "Shared", is = "EXPECTED-far" }]
[step.apply]
command = "APPLYING-far $limit"
changes = "tenant"
note = "NOTE-far"
[[step.remedy]]
say = "REMEDY-far"
[[step.remedy]]
say = "REMEDY-later"
[[step]]
id = "sign"
title = "TITLE-sign"
why = "WHY-sign"
[step.check]
command = "CHECKING-sign"
expect = [{ property = "State", is = "Known" }]
[step.apply]
command = "APPLYING-sign"
changes = "session"
[[step]]
id = "said"
title = "TITLE-said"
why = "WHY-said"
[step.attest]
statement = "STATEMENT-said"
[[step]]
id = "broken"
title = "TITLE-broken"
why = "WHY-broken"
required = false
[step.check]
command = "CHECKING-broken"
expect = [{ rows = "any" }]
[[step.remedy]]
say = "REMEDY-broken"
[[step]]
id = "slow"
title = "TITLE-slow"
why = "WHY-slow"
required = false
timeout = "9m"
[step.check]
command = "CHECKING-slow"
expect = [{ property = "State", is = "EXPECTED-slow" }]
[step.apply]
command = "APPLYING-slow"
changes = "computer"
[handoff]
title = "HANDOFF-title"
say = "SAY-handoff"
confirm = "SEALIT"
file = "go.ps1"
script = "Move-X $limit"
"#;

pub const SCENARIO: &str = r#"
format = 1
id = "played"
title = { en = "Played" }
[state]
shared = false
[session]
opened = false
known = false
[[reply]]
check = "base"
after = "60ms"
stream = [
    { information = "OUTPUT-base" },
    { progress = { activity = "ACTIVITY-base", status = "STATUS-base", percent = 50, current_operation = "OPERATION-base", seconds_remaining = 95 } },
]
rows = [{ State = "Fit" }]
[[reply]]
check = "session"
after = "60ms"
when = { opened = true }
rows = [{ State = "Opened" }]
[[reply]]
check = "session"
after = "60ms"
rows = [{ State = "FOUND-closed" }]
[[reply]]
apply = "session"
after = "60ms"
set = { opened = true }
prompt = { choice = { caption = "", message = "MESSAGE-session", choices = [{ label = "CHOICE-one", help = "" }, { label = "CHOICE-two", help = "" }] } }
stream = [{ warning = "OUTPUT-session" }]
[[reply]]
check = "far"
after = "60ms"
when = { shared = true }
rows = [{ Shared = "EXPECTED-far" }]
[[reply]]
check = "far"
after = "60ms"
rows = [{ Shared = "FOUND-far" }]
[[reply]]
apply = "far"
after = "60ms"
set = { shared = true }
stream = [{ information = "OUTPUT-far" }]
[[reply]]
check = "sign"
after = "60ms"
when = { known = true }
rows = [{ State = "Known" }]
[[reply]]
check = "sign"
after = "60ms"
rows = [{ State = "FOUND-nobody" }]
[[reply]]
apply = "sign"
after = "60ms"
set = { known = true }
prompt = { credential = { caption = "", message = "MESSAGE-sign" } }
[[reply]]
check = "broken"
after = "60ms"
error = { error_id = "Broken", exception = "System.Exception", category = "NotSpecified", message = "ERROR-broken", throw = true }
[[reply]]
check = "slow"
after = "60ms"
rows = [{ State = "FOUND-slow" }]
[[reply]]
apply = "slow"
after = "1h"
"#;
