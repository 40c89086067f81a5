//! Every screen in every state by its name, with what leads there and what decides it.

use greenlight::facade::checklist::{Localized, StepKind};
use greenlight::facade::run::value::Value;
use greenlight::facade::run::{Command, Failure, Mode, OutcomeEnd, Prompt, ShellGone};
use greenlight::facade::shell::{Advice, Progress};
use greenlight::facade::tui::Ui;

use super::fixture::{Bench, drawn, press, type_in};
use super::layout::{self, begun, not_shared};
use super::{covers, going, groups, questions, rows, running, subjects};
use crate::harness::decided::Outcome;
use crate::harness::steps::{self, measured};

/// A screen in a state.
pub struct State {
    pub name: &'static str,
    bench: fn() -> Bench,
    /// The keys from the steps on, each of which sees the frame before it; `=so_many_words` are typed.
    keys: &'static str,
    /// What decides there: words of the run, which are the same in each language.
    pub decides: &'static [&'static str],
}

const fn state(
    name: &'static str,
    bench: fn() -> Bench,
    keys: &'static str,
    decides: &'static [&'static str],
) -> State {
    State { name, bench, keys, decides }
}

impl State {
    pub fn bench(&self) -> Bench {
        (self.bench)()
    }

    /// Leads there.
    pub fn ui(&self, bench: &Bench, (columns, rows): (u16, u16)) -> Ui {
        let mut ui = bench.ui(columns, rows);
        drawn(bench, &mut ui, columns, rows);
        for key in self.keys.split(' ').filter(|key| !key.is_empty()) {
            match key.strip_prefix('=') {
                Some(typed) => type_in(&mut ui, bench, &typed.replace('_', " ")),
                None if key == "@refused" => ui.refuse("REFUSED ".repeat(20)),
                None if key == "@halted" => ui.stands_still(Some(HALTED.into())),
                None => assert!(press(&mut ui, bench, key).is_empty(), "{} {key}", self.name),
            }
            drawn(bench, &mut ui, columns, rows);
        }
        ui
    }
}

const HALTED: &str = "journal.jsonl: No space left on device (os error 28)";
const APPLIES: &str = "Set-CsTenantFederationConfiguration";
const SHARED: &[&str] = &["SharedSipAddressSpace", "False"];
const LOGON: &[&str] = &["Logon failed for the user 'admin@contoso.onmicrosoft.com'"];

pub const STATES: &[State] = &[
    state("inputs-empty", || Bench::new(Mode::Live), "i", &[]),
    state("inputs-filled", || Bench::begun(Mode::Live), "i", &["contoso.com"]),
    state("inputs-refused", || Bench::new(Mode::Live), "i =contoso enter", &["[contoso"]),
    state("inputs-rehearsal", || Bench::new(Mode::Rehearsal("default".into())), "i", &["default"]),
    state("step-not-run", begun, "", &["$PSVersionTable"]),
    state("step-waiting", begun, "1 7 enter", &[]),
    state("step-running", layout::importing, "", &["0:07"]),
    state("step-progress", progress, "", &["0:12 / 5:00", "60 %", "40 %", "1:35"]),
    state("step-loud", running, "", &["60 %"]),
    state("step-batch", batch, "", &["1 "]),
    state("step-green", not_shared, "1 0 enter", &["Running"]),
    state("step-red", not_shared, "", SHARED),
    state("step-red-in-few", super::red, "", SHARED),
    state("step-red-row", layout::one_replica_behind, "", &["edge01.contoso.com", "UpToDate", "False"]),
    state("step-red-service", layout::one_service_stopped, "", &["RTCMEDSRV", "Status", "Stopped"]),
    state("step-red-rows", || rows::servers(300, Mode::Live), "", &["fe0001", "False"]),
    state("step-red-missing", covers::missing, "", &["fe04.pool01"]),
    state("step-errors", layout::no_topology, "", &["Cannot open database \"xds\""]),
    state("step-apply-failed", layout::wrong_password, "", LOGON),
    state("step-sign-ins", || subjects::refused(2), "", &["$cred"]),
    state("step-undetermined", || undetermined("Access is denied."), "", &["Access is denied"]),
    state("step-interrupted", interrupted, "9 enter", &["Get-CsManagementStoreReplicationStatus"]),
    state("step-to-do", to_do, "", &["Import-Module"]),
    state("step-polling", polling, "", &["0:00"]),
    state("step-warned", warned, "", &["3 days"]),
    state("step-does-not-apply", does_not_apply, "2 enter", &["contoso.com"]),
    state("step-stale", layout::session_ended, "1 5 enter", &[]),
    state("step-applied", applied, "1 7 enter", &["SharedSipAddressSpace"]),
    state("step-to-be-stated", || layout::until("onprem-validated"), "", &[]),
    state("step-stated", not_shared, "1 1 enter", &["Ana Ruiz", "CHG-1142"]),
    state("step-advised", advised, "3 enter", &["Look there"]),
    state("step-groups", groups::grouped, "", SHARED),
    state("zoom-list", not_shared, "z", &[]),
    state("zoom-step", not_shared, "tab z", SHARED),
    state("zoom-output", running, "tab tab z", &["(503)"]),
    state("not-green", not_shared, "o", SHARED),
    state("not-green-none", green, "o", &[]),
    state("jump", not_shared, "1", &["1 ", "17"]),
    state("output-search", running, "/ =answer", &["answer"]),
    state("output-found", running, "/ =answer enter", &["answer"]),
    state("output-not-found", running, "/ =nowhere enter", &["nowhere"]),
    state("output-cut", running, "tab tab w", &[]),
    state("output-errors", running, "s", &["(503)"]),
    state("attest-empty", || layout::until("onprem-validated"), "enter", &[]),
    state(
        "attest-filled",
        || layout::until("onprem-validated"),
        "enter =Ana_Ruiz tab =CHG-1142",
        &["Ana Ruiz"],
    ),
    state("confirm", super::red, "enter", &[APPLIES]),
    state("confirm-old-values", not_shared, "a", &["SharedSipAddressSpace = False", "7d0e4f8a"]),
    state("confirm-named", change_of_contoso, "a =Contos", &["Contoso", APPLIES]),
    state("confirm-refused", change_of_contoso, "a =Contos enter", &["Contoso", APPLIES]),
    state("confirm-long", || super::dialogs::long(40), "a", &["-Line01"]),
    state(
        "ask-credential",
        || super::asking(questions::credential("")),
        "=admin@contoso.com tab =s3cret!",
        &["admin@"],
    ),
    state("ask-credential-again", questions::asked_again, "", &[]),
    state("ask-choice", questions::ask_choice, "n", &["Are you sure", "contoso.com"]),
    state("ask-several", questions::ask_several, "down space", &["Which pools?"]),
    state("ask-line", || super::asking(Prompt::Line), "", &[]),
    state("ask-secure-line", || super::asking(Prompt::SecureLine), "=secret", &[]),
    state("ask-fields", questions::ask_fields, "=ana", &["UserName", "Password"]),
    state("ask-unread", questions::ask_unread, "", &["Are you sure"]),
    state("gate-locked", super::red, "g", &["SharedSipAddressSpace", "True", "False"]),
    state("gate-locked-rows", layout::one_replica_behind, "g", &["edge01", "UpToDate", "True", "False"]),
    state("gate-locked-missing", covers::missing, "g", &["fe04.pool01", "edge01.contoso.com"]),
    state("gate-of-many", layout::no_topology, "g down down", &["xds"]),
    state("gate-open", green, "g", &[]),
    state("gate-of-a-rehearsal", green_rehearsal, "g", &["default"]),
    state("rechecking", rechecking, "", &[]),
    state("confirming", confirming, "=STA", &["START"]),
    state("confirming-named", || subjects::confirming("Contoso"), "", &["Contoso"]),
    state("confirming-left-out", covers::confirming, "", &["edge01.contoso.com"]),
    state("given-up", given_up, "", &[]),
    state("sealed", sealed, "", &["start-migration.ps1", "3f9a"]),
    state("sealed-steps", sealed, "s", &[]),
    state("looking", looking, "", &[]),
    state("quit", running, "q", &[APPLIES]),
    state("help", not_shared, "?", &[]),
    state("help-scrolled", not_shared, "? pgdn", &[]),
    state("help-of-a-field", super::red, "enter f1", &[]),
    state("refused", super::red, "@refused", &["REFUSED"]),
    state("halted", super::red, "@halted", &["No space left on device"]),
    state("shell-lost", shell_lost, "", &["exit code 1"]),
    state("session-lost", layout::session_ended, "", &[]),
    state("rows", || rows::servers(300, Mode::Live), "t", &["fe0001", "UpToDate"]),
    state("rows-end", || rows::servers(300, Mode::Live), "t end", &["fe0299"]),
    state("rows-filter", || rows::servers(300, Mode::Live), "t / =POOL03", &["POOL03", "pool03"]),
    state("rows-filtered", || rows::servers(300, Mode::Live), "t / =pool03 enter", &["pool03"]),
    state("rows-wide", wide_rows, "t right right", &["fe01"]),
    state("rows-none", not_shared, "1 0 enter t", &[]),
    state("going-on", going::goes, "", &[]),
    state("going-held-by-statement", going::at_the_statement, "", &[]),
    state("going-held-by-question", going::asked, "", &["Who are you?"]),
    state("going-held-by-change", going::at_the_change, "", SHARED),
    state("going-held-by-red", going::red, "", &["PSVersion", "2.0"]),
    state("going-held-by-doubt", going::undetermined, "", &["Access is denied"]),
    state("rehearsal", green_rehearsal, "", &["default"]),
];

fn progress() -> Bench {
    let mut bench = running();
    let of = |activity_id, parent_id, activity: &str, percent| Progress {
        activity_id,
        parent_id,
        activity: activity.into(),
        percent: Some(percent),
        ..Progress::default()
    };
    bench.live.progress(of(0, None, "Setting the configuration", 60), bench.now);
    let part = Progress {
        status: "2 of 5".into(),
        current_operation: Some("Inbox".into()),
        seconds_remaining: Some(95),
        ..of(2, Some(0), "Folder", 40)
    };
    bench.live.progress(part, bench.now);
    bench
}

fn batch() -> Bench {
    let mut bench = begun();
    let ids = bench.run.checklist().steps.iter().map(|step| step.id.clone()).take(4).collect();
    bench.command(Command::CheckAll(ids));
    bench
}

fn undetermined(message: &str) -> Bench {
    let mut bench = begun();
    bench.command(Command::Check("powershell-version".into()));
    let failure = Failure { message: message.into(), ..Failure::default() };
    bench.end(OutcomeEnd::Threw, &[], vec![failure]);
    bench
}

fn interrupted() -> Bench {
    let mut bench = layout::until("onprem-replication");
    bench.command(Command::Check("onprem-replication".into()));
    bench.command(Command::Stop);
    bench.end(OutcomeEnd::Stopped, &[], Vec::new());
    bench
}

fn to_do() -> Bench {
    layout::found("online-module-loaded", Vec::new())
}

/// One step of that kind.
fn of(step: greenlight::facade::checklist::Step) -> Bench {
    let mut bench = Bench::of(steps::checklist(vec![step]), Mode::Live);
    bench.command(Command::OpenShell);
    bench.command(Command::ShellOpened(greenlight::facade::run::About::default()));
    bench
}

fn polling() -> Bench {
    let hour = std::time::Duration::from_secs(3600);
    let mut bench = of(steps::for_the_session(steps::until(measured("far", &[], hour))));
    bench.apply_confirmed("far");
    bench.end(OutcomeEnd::Completed, &[], Vec::new());
    bench.end_rows(OutcomeEnd::Completed, vec![Value::Bool(false)], Vec::new());
    bench
}

fn warned() -> Bench {
    let mut step = measured("clock", &[], std::time::Duration::from_secs(3600));
    if let StepKind::Measured { check, .. } = &mut step.kind {
        check.warnings = greenlight::facade::checklist::Warnings::Fail;
    }
    let mut bench = of(step);
    bench.command(Command::Check("clock".into()));
    bench.end_as(Outcome {
        end: OutcomeEnd::Completed,
        rows: vec![Value::Bool(true)],
        warnings: vec!["The certificate ends in 3 days.".into()],
        silent_ms: 0,
        failures: Vec::new(),
        elapsed_ms: 1200,
    });
    bench
}

fn does_not_apply() -> Bench {
    let hour = std::time::Duration::from_secs(3600);
    let steps =
        vec![measured("all", &[], hour), steps::when_domain(measured("old", &[], hour), "fabrikam.com")];
    let mut bench = Bench::of(steps::checklist(steps), Mode::Live);
    bench.command(Command::Give { input: "domain".into(), typed: vec!["contoso.com".into()] });
    bench.command(Command::OpenShell);
    bench.command(Command::ShellOpened(greenlight::facade::run::About::default()));
    bench
}

fn applied() -> Bench {
    let mut bench = not_shared();
    super::list::apply_the_change(&mut bench);
    bench
}

fn advised() -> Bench {
    let mut bench = Bench::begun(Mode::Rehearsal("wrong-tenant".into()));
    advise(&mut bench);
    bench
}

/// What a scenario says to try: of no step, and of one.
pub fn advise(bench: &mut Bench) {
    let advice = |step: Option<&str>, en: &str| Advice {
        step: step.map(Into::into),
        say: Localized { en: en.into(), es: None, fr: None },
    };
    let look =
        "apply it: it is green, and the header says of which tenant. Look there before you look at the sign";
    bench.advice = vec![advice(None, "go from step to step"), advice(Some("credential"), look)];
}

fn green() -> Bench {
    let mut bench = Bench::begun(Mode::Live);
    bench.all_green();
    bench
}

fn green_rehearsal() -> Bench {
    let mut bench = Bench::begun(Mode::Rehearsal("default".into()));
    bench.all_green();
    bench
}

fn change_of_contoso() -> Bench {
    let mut bench = subjects::signed_in("Contoso");
    bench.check("shared-sip-address-space", &Bench::shared(false));
    bench
}

fn rechecking() -> Bench {
    let mut bench = green();
    bench.command(Command::BeginHandoff);
    bench.end_as_it_holds("powershell-is-fit");
    bench.pass(2_000);
    bench
}

fn confirming() -> Bench {
    let mut bench = green();
    bench.confirming();
    bench
}

/// A step that is red when all are checked again.
fn given_up() -> Bench {
    let mut bench = green();
    bench.command(Command::BeginHandoff);
    bench.end(OutcomeEnd::Completed, &[("PSVersion", Value::Version(vec![2, 0]))], Vec::new());
    while bench.run.running().is_some() {
        let step = bench.run.running().unwrap().step.as_str().to_owned();
        bench.end_as_it_holds(&step);
    }
    bench
}

fn sealed() -> Bench {
    let mut bench = green();
    bench.sealed();
    bench
}

fn looking() -> Bench {
    let mut bench = super::red();
    bench.looking =
        Some("2026-11-23-lync is only looked at: nothing of it is changed, and no key runs anything".into());
    bench
}

fn shell_lost() -> Bench {
    let mut bench = super::red();
    bench.command(Command::ShellEnded(ShellGone::Died { detail: "exit code 1".into() }));
    bench
}

fn wide_rows() -> Bench {
    let long = format!("{}END", "日本語-".repeat(30));
    rows::checked(Mode::Live, vec![rows::row("fe01", false, &long), rows::row("fe02", false, "5.0.8308.0")])
}
