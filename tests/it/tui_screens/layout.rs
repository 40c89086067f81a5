//! The steps' screen of the list of seventeen steps: what decides is in the first frame, and every step is seen.

use greenlight::facade::checklist::{StepId, StepKind, read};
use greenlight::facade::run::value::Value;
use greenlight::facade::run::{Command, Confirmed, Failure, Mode, OutcomeEnd};
use greenlight::facade::shell::Stream;

use super::fixture::{Bench, drawn, object, press};
use super::text_of;
use crate::harness::procedure::SEVENTEEN;
use crate::harness::squeezed;

/// A run of it with its inputs and its shell; its rows are named by what the built-in list names them by.
pub(super) fn begun() -> Bench {
    let mut checklist = read(&std::fs::read(SEVENTEEN).unwrap()).unwrap();
    for step in &mut checklist.steps {
        let key = match step.id.as_str() {
            "onprem-replication" => "ReplicaFqdn",
            "onprem-services" => "Name",
            _ => continue,
        };
        let StepKind::Measured { check, .. } = &mut step.kind else { unreachable!() };
        check.key = Some(key.into());
    }
    let mut bench = Bench::of(checklist, Mode::Live);
    for (input, value) in [
        ("sip_domain", "contoso.com"),
        ("target_pool", "pool01.contoso.com"),
        ("pilot_users", "ana@contoso.com"),
    ] {
        bench.command(Command::Give { input: input.into(), typed: vec![value.into()] });
    }
    bench.command(Command::OpenShell);
    bench.command(Command::ShellOpened(greenlight::facade::run::About::default()));
    bench
}

/// What a step finds where it holds.
fn good(step: &str) -> Vec<Value> {
    let row = match step {
        "powershell-version" => object(&[("PSVersion", Value::Version(vec![5, 1]))]),
        "powershell-64-bit" | "powershell-elevated" => Value::Bool(true),
        "execution-policy" => Value::text("RemoteSigned"),
        "onprem-shell" => object(&[("Name", Value::text("Lync"))]),
        "onprem-pool" => object(&[(
            "Services",
            Value::text("Registrar:pool01.contoso.com, UserServer:pool01.contoso.com"),
        )]),
        "onprem-sip-domain" => return Vec::new(),
        "onprem-replication" => replica("fe01.contoso.com", true),
        "onprem-services" => service("RTCSRV", "Running"),
        "online-module-installed" | "online-module-loaded" => {
            object(&[("Name", Value::text("LyncOnlineConnector"))])
        }
        "credential" => object(&[("UserName", Value::text("admin@contoso.onmicrosoft.com"))]),
        "online-session" => {
            object(&[("State", Value::text("Opened")), ("Availability", Value::text("Available"))])
        }
        "tenant-commands" => object(&[("TenantId", Value::text("7d0e4f8a"))]),
        "shared-sip-address-space" => object(&[("SharedSipAddressSpace", Value::Bool(true))]),
        _ => object(&[("Identity", Value::text("contoso"))]),
    };
    vec![row]
}

fn replica(name: &str, up: bool) -> Value {
    object(&[("ReplicaFqdn", Value::text(name)), ("UpToDate", Value::Bool(up))])
}

fn service(name: &str, status: &str) -> Value {
    object(&[("Name", Value::text(name)), ("Status", Value::text(status))])
}

/// All steps before this one are green.
pub(super) fn until(step: &str) -> Bench {
    let mut bench = begun();
    let ids: Vec<StepId> = bench.run.checklist().steps.iter().map(|step| step.id.clone()).collect();
    for id in ids.iter().take_while(|id| id.as_str() != step) {
        match bench.run.checklist().step(id).unwrap().kind {
            StepKind::Attested { .. } => bench.state(id, "CHG-1142"),
            StepKind::Measured { .. } => {
                bench.command(Command::Check(id.clone()));
                bench.end_rows(OutcomeEnd::Completed, good(id.as_str()), Vec::new());
            }
        }
    }
    bench
}

pub(super) fn found(step: &str, rows: Vec<Value>) -> Bench {
    let mut bench = until(step);
    bench.command(Command::Check(step.into()));
    bench.end_rows(OutcomeEnd::Completed, rows, Vec::new());
    bench
}

fn failure(error_id: &str, message: &str) -> Failure {
    Failure {
        error_id: error_id.into(),
        exception: "System.Management.Automation.RuntimeException".into(),
        message: message.into(),
        ..Failure::default()
    }
}

pub(super) fn one_replica_behind() -> Bench {
    let rows = [("fe01", true), ("edge01", false), ("fe02", true)];
    let rows = rows.map(|(name, up)| replica(&format!("{name}.contoso.com"), up));
    found("onprem-replication", rows.to_vec())
}

pub(super) fn one_service_stopped() -> Bench {
    let rows = [("RTCSRV", "Running"), ("RTCMEDSRV", "Stopped"), ("RTCCLSAGT", "Running")];
    found("onprem-services", rows.map(|(name, status)| service(name, status)).to_vec())
}

pub(super) fn no_topology() -> Bench {
    let mut bench = until("onprem-topology");
    bench.command(Command::Check("onprem-topology".into()));
    let error = failure(
        "CmdletInvocationException,Microsoft.Rtc.Management.Xds.GetTopologyCmdlet",
        "Cannot open database \"xds\" requested by the login. The login failed.",
    );
    bench.say(Stream::Error, &error.message);
    bench.end_rows(OutcomeEnd::Threw, Vec::new(), vec![error]);
    bench
}

pub(super) fn wrong_password() -> Bench {
    let mut bench = found("online-session", Vec::new());
    bench.command(Command::Apply { step: "online-session".into(), confirmed: Confirmed::Yes });
    let error = failure("LogonFailed", "Logon failed for the user 'admin@contoso.onmicrosoft.com'.");
    bench.say(Stream::Error, &error.message);
    bench.end_rows(OutcomeEnd::Threw, Vec::new(), vec![error]);
    bench.end_rows(OutcomeEnd::Completed, Vec::new(), Vec::new());
    bench
}

pub(super) fn not_shared() -> Bench {
    found("shared-sip-address-space", vec![object(&[("SharedSipAddressSpace", Value::Bool(false))])])
}

pub(super) fn importing() -> Bench {
    let mut bench = found("tenant-commands", Vec::new());
    bench.command(Command::Apply { step: "tenant-commands".into(), confirmed: Confirmed::Yes });
    bench.pass(4_000);
    bench.say(Stream::Warning, "The names of some imported commands include unapproved verbs.");
    bench.pass(3_000);
    bench
}

pub(super) fn session_ended() -> Bench {
    let mut bench = not_shared();
    bench.command(Command::ShellEnded(greenlight::facade::run::ShellGone::AsAsked));
    bench
}

/// The state, its step, and what makes it.
pub(super) type State = (&'static str, &'static str, fn() -> Bench);

pub(super) const STATES: [State; 10] = [
    ("not-run", "powershell-version", begun),
    ("running", "tenant-commands", importing),
    ("rows", "onprem-replication", one_replica_behind),
    ("service", "onprem-services", one_service_stopped),
    ("errors", "onprem-topology", no_topology),
    ("apply-failed", "online-session", wrong_password),
    ("tenant", "shared-sip-address-space", not_shared),
    ("stale", "online-session", session_ended),
    ("statement", "onprem-validated", not_shared),
    ("green", "onprem-services", not_shared),
];

/// The screen with that step selected.
pub(super) fn at_step(bench: &Bench, step: &str, size: (u16, u16)) -> String {
    let mut ui = bench.ui(size.0, size.1);
    drawn(bench, &mut ui, size.0, size.1);
    let place = bench.run.checklist().steps.iter().position(|known| known.id.as_str() == step).unwrap();
    for key in std::iter::repeat_n("up", 20).chain(std::iter::repeat_n("down", place)) {
        press(&mut ui, bench, key);
    }
    assert_eq!(ui.selected(), place);
    text_of(&drawn(bench, &mut ui, size.0, size.1))
}

/// The text of the page, its rows put together.
fn detail(screen: &str, bench: &Bench) -> String {
    let sides = screen.lines().filter_map(|row| row.split_once(bench.glyphs.vertical));
    let rows = sides.map(|(_, right)| right.trim_end_matches('"').trim().to_owned());
    squeezed(&rows.collect::<Vec<_>>().join(" "))
}

#[test]
fn all_seventeen_steps_are_seen_at_80x24_and_no_two_look_the_same() {
    for (_, step, state) in STATES {
        let bench = state();
        let screen = at_step(&bench, step, (80, 24));
        let rows =
            screen.lines().filter_map(|row| row.split_once(bench.glyphs.vertical)).map(|(left, _)| left);
        let mut titles: Vec<String> = Vec::new();
        for (number, row) in (1..).zip(rows.skip(1).filter(|row| row.chars().any(char::is_alphabetic))) {
            let (_, title) = row.split_once(&format!(" {number} ")).expect(&screen);
            titles.push(title.trim().to_owned());
        }
        assert_eq!(titles.len(), 17, "{screen}");
        titles.sort_unstable();
        titles.dedup();
        assert_eq!(titles.len(), 17, "{screen}");
    }
}

/// A step, what makes its state, and what must be seen of it.
type Decided = (&'static str, fn() -> Bench, &'static [&'static str]);

#[test]
fn what_decides_and_what_to_do_are_in_the_first_frame() {
    let decided: [Decided; 5] = [
        (
            "onprem-replication",
            one_replica_behind,
            &["in 1 of 3 rows", "edge01.contoso.com", "UpToDate", "is True", "False", "What to do"],
        ),
        (
            "onprem-services",
            one_service_stopped,
            &["in 1 of 3 rows", "RTCMEDSRV", "Status", "Running", "Stopped", "What to do"],
        ),
        ("onprem-topology", no_topology, &["an error: Cannot open database \"xds\"", "What to do"]),
        (
            "online-session",
            wrong_password,
            &["the apply failed: Logon failed for the user", "LogonFailed", "What to do"],
        ),
        (
            "shared-sip-address-space",
            not_shared,
            &["SharedSipAddressSpace", "is True", "False", "What to do", "Apply this step."],
        ),
    ];
    for (step, state, parts) in decided {
        let bench = state();
        let assessment = bench.run.assess(&step.into(), bench.now).unwrap();
        let screen = at_step(&bench, step, (80, 24));
        let page = detail(&screen, &bench);
        let remedy = &assessment.remedies.first().unwrap().say.en;
        // Its first words, at least.
        let begins: String = remedy.split(' ').take(8).collect::<Vec<_>>().join(" ");
        let places: Vec<Option<usize>> =
            parts.iter().copied().chain([begins.as_str()]).map(|part| page.find(part)).collect();
        assert!(places.iter().all(Option::is_some), "{begins}: {places:?} in\n{screen}");
    }
}
