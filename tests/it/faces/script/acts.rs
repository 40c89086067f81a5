//! What the operator does, and the checklist and the scenario by which every word that is told has one place.

/// One thing that an operator does.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    /// Gives the only input another value.
    Input(&'static str),
    CheckAll,
    /// Checks the step of this number.
    Check(usize),
    /// Applies what changes only the session, and takes the first choice of what it asks.
    Apply(usize),
    /// Applies what changes more, and types this to confirm it.
    Change(usize, &'static str),
    /// States that a step holds, by this name.
    State(usize, &'static str),
    /// Has the run go on by itself, as far as that is.
    Go,
    /// Begins the handoff, and types this to confirm it.
    HandOff(&'static str),
}

pub const SCRIPT: &[Act] = &[
    Act::Input("VALUE-second"),
    Act::CheckAll,
    Act::Check(3),
    Act::Apply(2),
    Act::Check(3),
    Act::Change(3, "apply"),
    Act::Change(3, "APPLY"),
    Act::Check(5),
    Act::State(4, "Ana"),
    Act::Go,
    Act::HandOff("SEALIT"),
];

/// How many steps there are.
pub const STEPS: usize = 5;

pub const CHECKLIST: &str = r#"
format = 1
id = "acts"
version = "1"
title = "Acts"
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
command = "CHECKING-far $limit"
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
check = "broken"
after = "60ms"
error = { error_id = "Broken", exception = "System.Exception", category = "NotSpecified", message = "ERROR-broken", throw = true }
"#;
