//! Exports of a run: golden texts, and the promises about hostile text, rehearsals and stale greens.

mod applied;
mod markup;
mod truth;

use std::num::NonZeroU32;
use std::sync::Arc;

use clap::ValueEnum as _;
use greenlight::facade::checklist::{self, Checklist, Lang, Sha, StepId};
use greenlight::facade::journal::{Condition, Contents, Folder, Head, Header, Transcript};
use greenlight::facade::report::{self, Format, Report, check};
use greenlight::facade::run::verdict::cut_off;
use greenlight::facade::run::{
    About, Attempt, Event, Fact, Failure, Finding, Mode, Moment, Purpose, Run, RunKind, Session, ShellEnd,
    Stamped, Verdict, VerdictReason, Who,
};
use greenlight::facade::shell::{Line, Stream};
use greenlight::facade::text::Text;

const CHECKLIST: &str = r#"
format = 1
id = "demo"
version = "1.2.0"
title = { en = "Move <everybody> home", es = "Mover a todos", fr = "Déplacer tout le monde" }

[[input]]
id = "sip_domain"
kind = "domain"
ask = { en = "SIP domain", es = "Dominio SIP", fr = "Domaine SIP" }

[[step]]
id = "tenant-session"
group = { en = "The tenant", es = "El inquilino", fr = "Le locataire" }
title = { en = "A tenant session is open", es = "Hay una sesión abierta", fr = "Une session est ouverte" }
why = { en = "The commands of the tenant come from it.", es = "De ella vienen los comandos.", fr = "Les commandes en viennent." }
lasts = "session"
fresh_for = "30m"
[step.check]
command = "Get-PSSession"
expect = [{ property = "State", is = "Opened" }]

[[step]]
id = "shared"
group = "The tenant"
title = { en = "The tenant shares `its` SIP address space", es = "Comparte su espacio", fr = "Partage son espace" }
why = { en = "Without it no user can be moved.", es = "Sin ello no se mueve a nadie.", fr = "Sans cela personne ne bouge." }
needs = ["tenant-session"]
[step.check]
command = "Get-CsTenantFederationConfiguration -Tenant $sip_domain"
expect = [{ property = "SharedSipAddressSpace", is = true }, { property = "Identity", matches = "^a|b$" }]
[step.apply]
command = "Set-CsTenantFederationConfiguration -SharedSipAddressSpace $True"
changes = "tenant"
[[step.remedy]]
when = { property = "SharedSipAddressSpace" }
say = { en = "Apply the step: it switches sharing on.", es = "Aplique el paso.", fr = "Appliquez l’étape." }

[[step]]
id = "deployment"
group = { en = "On-premises | `here`", es = "Local" }
title = { en = "The deployment was validated", es = "El despliegue está validado", fr = "Le déploiement est validé" }
why = { en = "Users need somewhere to go.", es = "Los usuarios necesitan un destino.", fr = "Il faut une destination." }
[step.attest]
statement = { en = "I have validated the deployment with two test users.", es = "He validado el despliegue.", fr = "J’ai validé le déploiement." }

[[step]]
id = "archive"
title = { en = "Archives are known", es = "Se conocen los archivos", fr = "Les archives sont connues" }
why = { en = "They do not move.", es = "No se mueven.", fr = "Elles ne bougent pas." }
required = false
[step.check]
command = "Get-Archive"
expect = [{ rows = "any" }]

[handoff]
title = { en = "Move users", es = "Mover usuarios", fr = "Déplacer" }
say = { en = "Run the script.", es = "Ejecute el script.", fr = "Exécutez le script." }
confirm = "START"
file = "start-migration.ps1"
script = "Get-CsUser $sip_domain"
"#;

fn demo() -> Arc<Checklist> {
    Arc::new(checklist::read(CHECKLIST.as_bytes()).unwrap())
}

fn number(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).unwrap()
}

fn who(user: &str) -> Who {
    Who { user: format!("CONTOSO\\{user}"), host: "SRV01".into(), ..Who::default() }
}

/// A run in the making: events a second apart, transcripts on a real disk.
struct Story {
    dir: tempfile::TempDir,
    events: Vec<Stamped>,
}

impl Story {
    fn new(mode: Mode) -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("20261123T021500Z-demo")).unwrap();
        let mut story = Self { dir, events: Vec::new() };
        let checklist = demo();
        story.add(Event::Begun {
            checklist: checklist.id.clone(),
            version: checklist.version.clone(),
            sha256: checklist.sha256,
            mode,
            by: who("ana"),
            greenlight: "0.1.0".into(),
        });
        story.add(Event::InputGiven {
            input: "sip_domain".into(),
            value: serde_json::from_str(r#"["contoso.com"]"#).unwrap(),
        });
        story.shell(1);
        story
    }

    fn shell(&mut self, session: u32) {
        let session = Session(number(session));
        self.add(Event::ShellStarting { session });
        let about = About {
            program: r"C:\Windows\powershell.exe".into(),
            version: "5.1".into(),
            edition: "Desktop".into(),
            ..About::default()
        };
        self.add(Event::ShellOpened { session, about });
    }

    fn folder(&self) -> Folder {
        Folder::at(self.dir.path().join("20261123T021500Z-demo"))
    }

    fn now(&self) -> Moment {
        let seconds = u32::try_from(self.events.len()).unwrap();
        Moment { wall: 1_795_400_100_000 + i64::from(seconds) * 1000, mono: u64::from(seconds) * 1000 }
    }

    fn add(&mut self, event: Event) {
        self.events.push(Stamped { at: self.now(), event });
    }

    fn start(&mut self, attempt: u32, step: &str, purpose: Purpose, session: u32) {
        self.add(Event::Started {
            trigger: greenlight::facade::run::Trigger::Asked,
            attempt: Attempt(number(attempt)),
            step: step.into(),
            purpose,
            command: "as in the checklist".into(),
            session: Session(number(session)),
            before: None,
        });
    }

    fn check(&mut self, attempt: u32, step: &str, verdict: Verdict, facts: Vec<Fact>, lines: &[&str]) {
        self.start(attempt, step, Purpose::Check, 1);
        let mut transcript =
            Transcript::create(&self.folder(), &StepId::from(step), Attempt(number(attempt))).unwrap();
        for (at, text) in (0..).zip(lines) {
            transcript.push(at * 100, &Line { stream: Stream::Output, text: (*text).into() }).unwrap();
        }
        let unmet = facts.iter().filter(|fact| !fact.met).count();
        let (reason, failures, remedies) = match verdict {
            Verdict::Green => (VerdictReason::Met, vec![], vec![]),
            Verdict::Red => (VerdictReason::Unmet { count: unmet }, vec![], vec![0]),
            Verdict::Undetermined | Verdict::Interrupted => {
                let failure = Failure {
                    error_id: "Oops,Microsoft".into(),
                    exception: "System.Exception".into(),
                    category: "NotSpecified".into(),
                    message: "first line\n```\nsecond \u{1b}[31mline".into(),
                    target: String::new(),
                };
                (VerdictReason::Failed, vec![failure], vec![])
            }
        };
        self.add(Event::Checked {
            attempt: Attempt(number(attempt)),
            finding: Finding {
                facts,
                warnings: if verdict == Verdict::Green {
                    vec!["it *took* long\u{1b}".into()]
                } else {
                    vec![]
                },
                more_warnings: u64::from(verdict == Verdict::Green),
                remedies,
                ..cut_off(verdict, reason, failures, 1_234)
            },
            transcript: Some(transcript.finish().unwrap()),
        });
    }

    fn report(&self, lang: Lang) -> Report {
        let read = Contents {
            header: Header {
                format: 1,
                kind: RunKind::Checklist,
                run: "20261123T021500Z-demo".into(),
                checklist: demo().sha256,
                greenlight: None,
            },
            events: self.events.clone(),
            head: Head { seq: self.events.len() as u64, hash: Sha::of(b"head") },
            condition: Condition::Whole,
        };
        report::build(&demo(), &read, &self.folder(), Text::new(lang))
    }

    fn run(&self) -> Run {
        let mut run = Run::new(demo());
        self.events.iter().for_each(|stamped| run.evolve(stamped.at, &stamped.event));
        run
    }
}

fn fact(property: &str, found: &str, met: bool) -> Fact {
    Fact {
        property: property.into(),
        expected: "is True".into(),
        found: found.into(),
        met,
        rows: None,
        rows_met: None,
    }
}

/// Two days, two operators, a PowerShell that dies during an apply, and text that wants to be something else.
fn eventful() -> Story {
    let mut story = Story::new(Mode::Live);
    let opened = vec![fact("State", "Opened", true)];
    story.check(1, "tenant-session", Verdict::Green, opened, &["Id Name", "-- ----", " 1 Session1"]);
    let facts = vec![fact("SharedSipAddressSpace", "False", false), fact("", "`a`|b <i>|\n", true)];
    let hostile = ["````", "\u{1b}]0;owned\u{7}", "<script>alert(1)</script>", "| a | b |", "- [x] done"];
    story.check(2, "shared", Verdict::Red, facts, &hostile);
    story.start(3, "shared", Purpose::Apply, 1);
    story.add(Event::ShellEnded {
        session: Session(number(1)),
        end: ShellEnd::Died { detail: "exit code 1".into() },
        subjects: Vec::new(),
    });
    story.add(Event::Resumed {
        by: who("luis"),
        greenlight: "0.1.0".into(),
        greenlight_sha256: None,
        format: None,
        subjects: Vec::new(),
    });
    story.add(Event::Attested {
        step: "deployment".into(),
        statement: "I have validated the deployment\nwith two test users.".into(),
        name: "María *Núñez*".into(),
        note: "# ticket <4711>\nsee [here](https://contoso.com)".into(),
        by: who("luis"),
    });
    story
}

/// Everything green, in a rehearsal, handed off.
fn sealed() -> Story {
    let mut story = Story::new(Mode::Rehearsal("default".into()));
    story.check(1, "tenant-session", Verdict::Green, vec![fact("State", "Opened", true)], &[]);
    story.check(2, "shared", Verdict::Green, vec![fact("SharedSipAddressSpace", "True", true)], &["True"]);
    story.add(Event::Attested {
        step: "deployment".into(),
        statement: "I have validated the deployment with two test users.".into(),
        name: "Ana".into(),
        note: String::new(),
        by: who("ana"),
    });
    story.add(Event::HandoffBegun { steps: vec![] });
    story.add(Event::HandoffConfirmed { by: who("ana") });
    let files = story.folder().write_handoff(&[("start-migration.ps1".into(), b"x".to_vec())]).unwrap();
    story.add(Event::Sealed { files, subjects: Vec::new() });
    story
}

#[test]
fn markdown_of_an_eventful_run() {
    insta::assert_snapshot!(report::markdown(&eventful().report(Lang::En), Text::new(Lang::En)));
}

#[test]
fn json_of_an_eventful_run() {
    insta::assert_snapshot!(report::json(&eventful().report(Lang::En)));
}

#[test]
fn markdown_of_a_sealed_rehearsal_in_spanish_and_french() {
    for lang in [Lang::Es, Lang::Fr] {
        let name = format!("sealed_rehearsal_{lang}");
        insta::assert_snapshot!(name, report::markdown(&sealed().report(lang), Text::new(lang)));
    }
}

#[test]
fn html_of_an_eventful_run() {
    insta::assert_snapshot!(report::html(&eventful().report(Lang::En), Text::new(Lang::En)));
}

#[test]
fn csv_of_an_eventful_run() {
    insta::assert_snapshot!(report::csv(&eventful().report(Lang::En), Text::default()).replace("\r\n", "\n"));
}

#[test]
fn junit_of_an_eventful_run() {
    insta::assert_snapshot!(report::junit(&eventful().report(Lang::En), Text::new(Lang::En)));
}

#[test]
fn the_check_json_of_an_eventful_run() {
    let story = eventful();
    let json = check::json(&story.run(), story.now(), Text::default());
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&value).unwrap());
}
