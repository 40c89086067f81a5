//! How cost grows with what is to be done: `cargo bench --bench cost` (`GREENLIGHT_BENCH_ROUNDS` for other than 3 rounds; a word
//! after `--` measures only what has it in its name). Nothing here starts a process, so all of it is our own processor time.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a bench that panics has failed, and printing is what it is for"
)]

#[path = "support/cpu.rs"]
mod cpu;
#[path = "support/figures.rs"]
mod figures;

use std::convert::Infallible;
use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::Arc;

use cpu::cpu;
use greenlight::facade::checklist::{self, Checklist};
use greenlight::facade::journal::{Condition, Contents, Folder, Head, Header, Holder, Journal};
use greenlight::facade::psrp::{self, PsObject};
use greenlight::facade::run::value::Value;
use greenlight::facade::run::{
    About, Command, Effect, HandoffStage, Judge, Mode, Moment, OutcomeEnd, Purpose, Run, RunKind, Stamped,
    ToCover, Who, gate,
};
use greenlight::facade::shell::{CHANNEL, Request, Shell, ShellEvent, powershell};
use greenlight::facade::text::Text;
use greenlight::facade::wizard::Wizard;
use greenlight::facade::{plain, report};
use tokio::sync::mpsc;

fn main() {
    // Under `cargo test --benches` only that it runs is asked for.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let steps = [500, 1000, 2000, 4500];
    curve("read a checklist of chained steps", &steps, |n| {
        let text = chained(n, Kind::Plain);
        move || drop(black_box(checklist::read(text.as_bytes()).unwrap()))
    });
    curve("refuse a checklist of nothing but mistakes", &[2_500, 5_000, 10_000, 20_000], |n| {
        let step = "[[step]]\nneeds = [\"abcdefgh\", \"hgfedcba\"]\n";
        let text =
            format!("format = 1\nid = \"a-b\"\nversion = \"1\"\ntitle = \"T\"\n{}", step.repeat(n as usize));
        move || drop(black_box(checklist::read(text.as_bytes()).unwrap_err()))
    });
    curve("lint chained steps", &steps, |n| linted(&chained(n, Kind::Plain)));
    curve("lint chained steps that read a variable of the first", &steps, |n| {
        linted(&chained(n, Kind::Variable))
    });
    curve("lint steps with inputs, a tenth as many, used and misspelt", &steps, |n| {
        linted(&chained(n, Kind::Inputs))
    });
    let steps = [500, 1000, 2000, 5000];
    curve("all checks, chained: decide and evolve", &steps, |n| {
        let run = opened(n, Kind::Plain);
        move || drop(black_box(all_checks(run.clone())))
    });
    curve("all checks, each on its own: decide and evolve", &steps, |n| {
        let run = opened(n, Kind::Alone);
        move || drop(black_box(all_checks(run.clone())))
    });
    curve("a handoff that checks all again, chained", &steps, |n| {
        let run = all_checks(opened(n, Kind::Plain));
        move || drop(black_box(handoff(run.clone())))
    });
    curve("a handoff of which half is advice", &steps, |n| {
        let run = all_checks(opened(n, Kind::Advice));
        move || drop(black_box(handoff(run.clone())))
    });
    curve("a green session below, looked after: each step checked by itself", &steps, |n| {
        let run = opened(n, Kind::Session);
        move || drop(black_box(each_check(run.clone())))
    });
    curve("an input that all use changes", &steps, |n| {
        let mut run = all_checks(opened(n, Kind::Inputs));
        let mut flip = false;
        move || {
            flip = !flip;
            let typed = vec![if flip { "b" } else { "a" }.to_owned()];
            tell(&mut run, Command::Give { input: "value_0".into(), typed });
        }
    });
    curve("the gate", &steps, |n| {
        let run = all_checks(opened(n, Kind::Plain));
        move || drop(black_box(gate::evaluate(&run, at(u64::from(n) * 4))))
    });
    curve("all of `check`: journal, transcripts, what is printed", &[500, 1000, 2000, 5000], |n| {
        let text = chained(n, Kind::Plain);
        move || checked(&text)
    });
    curve("take so many names out of a report", &[1_000, 5_000, 20_000], |n| {
        let (checklist, report) = naming(n);
        move || drop(black_box(report::pseudonymize(report.clone(), &checklist)))
    });
    curve("the facts of one hashtable of so many keys", &[6_000, 12_000, 24_000, 49_000], |n| {
        let entries = (0..n).map(|key| (format!("key{key}").into(), format!("value {key}").into()));
        let table = psrp::PsValue::dictionary(entries.collect());
        move || drop(black_box(powershell::neutral(&table)))
    });
    curve("the facts of one object of so many properties", &[6_000, 12_000, 24_000, 49_000], |n| {
        let extended =
            (0..n).map(|key| (format!("Property{key}").as_str().into(), format!("value {key}").into()));
        let wide: psrp::PsValue = PsObject { extended: extended.collect(), ..PsObject::default() }.into();
        move || drop(black_box(powershell::neutral(&wide)))
    });
    // None is kept, so the same few come again and again.
    let rows: Vec<Value> = (0..1_000).map(|n| powershell::neutral(&user(n))).collect();
    curve("the verdict on so many rows of seven properties", &[1_000, 10_000, 100_000, 1_000_000], |n| {
        let (checklist, rows) = (read(&chained(1, Kind::Plain)), rows.clone());
        move || {
            let step = checklist.steps[0].clone();
            let mut judge = Judge::new(step, Purpose::Check, Arc::default(), ToCover::Nothing, at(0));
            for row in rows.iter().cycle().take(n as usize) {
                judge.row(row);
                black_box(judge.take_failing());
            }
            black_box(judge.finish(OutcomeEnd::Completed, at(1)));
        }
    });
}

/// One line a size: milliseconds, and how they grow with it.
fn curve<F: FnMut()>(name: &str, sizes: &[u32], mut make: impl FnMut(u32) -> F) {
    if std::env::args().skip(1).any(|word| !word.starts_with('-') && !name.contains(&word)) {
        return;
    }
    figures::head(name);
    let rounds = figures::count("GREENLIGHT_BENCH_ROUNDS", 3);
    let mut medians: Vec<f64> = Vec::new();
    for size in sizes {
        let mut run = make(*size);
        let mut taken = Vec::new();
        for _ in 0..rounds {
            // The system counts in steps of some milliseconds.
            let (begun, mut times, mut spent) = (cpu(), 0_u32, 0.0);
            while spent < 50.0 {
                run();
                times += 1;
                spent = (cpu() - begun) * 1e3;
            }
            taken.push(spent / f64::from(times));
        }
        medians.push(figures::line(&size.to_string(), "ms", &taken));
    }
    // 1 is linear, 2 quadratic.
    let (first, last) = (0, sizes.len() - 1);
    let power =
        (medians[last] / medians[first]).ln() / (f64::from(sizes[last]) / f64::from(sizes[first])).ln();
    println!("{:<58} {power:>10.2} (power of the size)", "");
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// Each needs the one before.
    Plain,
    /// As plain, and each reads what the first one sets.
    Variable,
    /// As plain, with inputs.
    Inputs,
    /// None needs another.
    Alone,
    /// All need the first; every other is advice.
    Advice,
    /// All need the first, which is a session that is kept alive.
    Session,
}

fn chained(steps: u32, kind: Kind) -> String {
    let mut file = String::from("format = 1\nid = \"long\"\nversion = \"1\"\ntitle = { en = \"Long\" }\n");
    let inputs = if kind == Kind::Inputs { steps / 10 } else { 0 };
    for input in 0..inputs {
        writeln!(file, "[[input]]\nid = \"value_{input}\"\nkind = \"text\"\noptional = true\nask = \"V\"")
            .unwrap();
    }
    for step in 0..steps {
        writeln!(file, "[[step]]\nid = \"s{step}\"\ntitle = \"S\"\nwhy = \"B\"").unwrap();
        match (step, kind) {
            (0, Kind::Session) => writeln!(file, "lasts = \"session\"\nkeep_alive = \"45s\"").unwrap(),
            (0, _) | (_, Kind::Alone) => {}
            (_, Kind::Plain | Kind::Variable | Kind::Inputs) => {
                writeln!(file, "needs = [\"s{}\"]", step - 1).unwrap();
            }
            (_, Kind::Advice | Kind::Session) => writeln!(file, "needs = [\"s0\"]").unwrap(),
        }
        if kind == Kind::Advice && step % 2 == 1 {
            writeln!(file, "required = false").unwrap();
        }
        let command = match (step, kind) {
            (0, Kind::Variable) => "$first = Get-It".to_owned(),
            (_, Kind::Variable) => "Get-It $first".to_owned(),
            (_, Kind::Inputs) => format!("Get-It $value_0 $valu_{} $unknown{step}", step % inputs.max(1)),
            (_, Kind::Plain | Kind::Alone | Kind::Advice | Kind::Session) => "Get-It".to_owned(),
        };
        let property = if steps == 1 { "property = \"Enabled\", " } else { "" };
        writeln!(file, "[step.check]\ncommand = '{command}'\nexpect = [{{ {property}is = true }}]").unwrap();
    }
    file.push_str("[handoff]\ntitle = \"Go\"\nsay = \"Go on\"\nconfirm = \"GO\"\nfile = \"go.ps1\"\nscript = \"Move-It\"\n");
    file
}

fn read(text: &str) -> Arc<Checklist> {
    Arc::new(checklist::read(text.as_bytes()).unwrap())
}

fn linted(text: &str) -> impl FnMut() + use<> {
    let checklist = read(text);
    move || drop(black_box(checklist::lint(&checklist)))
}

fn at(mono: u64) -> Moment {
    Moment { wall: 1_795_400_100_000 + i64::try_from(mono).unwrap(), mono }
}

fn who() -> Who {
    Who { user: "CONTOSO\\ana".into(), host: "SRV01".into(), ..Who::default() }
}

/// A run whose shell is open.
fn opened(steps: u32, kind: Kind) -> Run {
    let mut run = Run::new(read(&chained(steps, kind)));
    let begun = run.begin(Mode::Live, who(), "0.1.0");
    run.evolve(at(0), &begun);
    tell(&mut run, Command::OpenShell);
    tell(&mut run, Command::ShellOpened(About::default()));
    run
}

/// Decides and folds, and answers every command that is to be run with one green row.
fn tell(run: &mut Run, command: Command) {
    let mut next = Some(command);
    let mut mono = 0;
    while let Some(command) = next.take() {
        mono += 1;
        let Ok(decision) = run.decide(at(mono), command, &mut |_: &Stamped| Ok::<(), Infallible>(()));
        next = decision.effects.into_iter().find_map(|effect| match effect {
            Effect::Run { attempt, mut judge, .. } => {
                judge.row(&Value::Bool(true));
                let judged = judge.finish(OutcomeEnd::Completed, at(mono));
                Some(Command::Ended { attempt, judged: judged.into(), transcript: None })
            }
            _ => None,
        });
    }
}

fn all_checks(mut run: Run) -> Run {
    let steps = run.checklist().steps.iter().map(|step| step.id.clone()).collect();
    tell(&mut run, Command::CheckAll(steps));
    run
}

fn each_check(mut run: Run) -> Run {
    let checklist = Arc::new(run.checklist().clone());
    for step in &checklist.steps {
        tell(&mut run, Command::Check(step.id.clone()));
    }
    run
}

fn handoff(mut run: Run) -> Run {
    tell(&mut run, Command::BeginHandoff);
    assert_eq!(*run.handoff(), HandoffStage::Confirming);
    run
}

/// As the subcommand `check` goes about it.
fn checked(text: &str) {
    // In memory where the system has such a folder: a disk has costs of its own.
    let dir = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    std::fs::create_dir(dir.path().join("run")).unwrap();
    let checklist = read(text);
    let holder = Holder::this_process(who(), 0);
    let journal = Journal::create(Folder::at(dir.path().join("run")), text.as_bytes(), holder).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let shell = Box::new(Costless);
        let mut wizard = Wizard::begin(journal, Arc::clone(&checklist), Mode::Live, who(), shell).unwrap();
        wizard.command(Command::OpenShell).unwrap();
        wizard.next().await.unwrap();
        for step in &checklist.steps {
            wizard.command(Command::Check(step.id.clone())).unwrap();
            while wizard.run().running().is_some() {
                wizard.next().await.unwrap();
            }
            black_box(wizard.run().status(&step.id, wizard.now()));
        }
        let now = wizard.now();
        for step in wizard.run().assess_all(now) {
            black_box(plain::step_lines(wizard.run(), &step, Text::default()));
        }
        black_box(plain::gate_lines(wizard.run(), now, Text::default()));
        black_box(report::check::json(wizard.run(), now, Text::default()));
    });
}

/// A report in which so many people of so many domains are named.
fn naming(names: u32) -> (Arc<Checklist>, report::Report) {
    let checklist = read(&chained(1, Kind::Plain));
    let event = Run::new(Arc::clone(&checklist)).begin(Mode::Live, who(), "bench");
    let contents = Contents {
        header: Header {
            format: 1,
            kind: RunKind::Checklist,
            run: "run".into(),
            checklist: checklist.sha256,
            greenlight: None,
        },
        events: vec![Stamped { at: at(0), event }],
        head: Head { seq: 1, hash: checklist.sha256 },
        condition: Condition::Whole,
    };
    let mut report = report::build(&checklist, &contents, &Folder::at("run"), Text::default());
    report.steps[0].checked.remedies = (0..names).map(|n| format!("user{n}@d{n}.contoso{n}.com")).collect();
    (checklist, report)
}

/// A shell that answers at once.
struct Costless;

impl Shell for Costless {
    fn open(&self, reports: mpsc::Sender<ShellEvent>) -> mpsc::Sender<Request> {
        let (sender, mut requests) = mpsc::channel(CHANNEL);
        tokio::spawn(async move {
            let _ = reports.send(ShellEvent::Opened(About::default())).await;
            while let Some(request) = requests.recv().await {
                if let Request::Run { attempt, .. } = request {
                    let _ = reports.send(ShellEvent::Row(attempt, Value::Bool(true))).await;
                    let _ = reports.send(ShellEvent::Ended(attempt, OutcomeEnd::Completed)).await;
                }
            }
        });
        sender
    }
}

/// A user as a directory gives one.
fn user(n: u32) -> psrp::PsValue {
    let property = |name: &str, value: psrp::PsValue| (name.into(), value);
    let adapted = vec![
        property("Identity", format!("CN=User {n},OU=People,DC=contoso,DC=com").into()),
        property("SipAddress", format!("sip:user{n}@contoso.com").into()),
        property("Enabled", true.into()),
        property("LineUri", psrp::PsValue::Null),
        property("Count", psrp::PsValue::U32(n)),
        property("WhenChanged", psrp::PsValue::DateTime("2026-02-28T23:59:59.1234567Z".to_owned())),
        property("Policies", psrp::PsValue::list(vec!["Tag:Default".into(), "Tag:Remote".into()])),
    ];
    PsObject { adapted, ..PsObject::default() }.into()
}
