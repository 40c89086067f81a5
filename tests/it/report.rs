//! Exports of a run: golden texts, and the promises about hostile text, rehearsals and stale greens.

use std::num::NonZeroU32;
use std::sync::Arc;

use greenlight::facade::checklist::{self, Checklist, Lang, Sha, StepId};
use greenlight::facade::journal::{Condition, Contents, Folder, Head, Header, Transcript};
use greenlight::facade::report::{self, check};
use greenlight::facade::run::{
    About, Attempt, Event, Fact, Failure, Finding, Mode, Moment, MoreErrors, Purpose, Run, Session, ShellEnd,
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
title = { en = "A tenant session is open", es = "Hay una sesión abierta", fr = "Une session est ouverte" }
why = { en = "The commands of the tenant come from it.", es = "De ella vienen los comandos.", fr = "Les commandes en viennent." }
lasts = "session"
fresh_for = "30m"
[step.check]
command = "Get-PSSession"
expect = [{ property = "State", is = "Opened" }]

[[step]]
id = "shared"
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
                verdict,
                reason,
                facts,
                failures,
                more_errors: MoreErrors::default(),
                remedies,
                elapsed_ms: 1_234,
            },
            transcript: Some(transcript.finish().unwrap()),
        });
    }

    fn report(&self, lang: Lang) -> report::Report {
        let read = Contents {
            header: Header {
                format: 1,
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
    Fact { property: property.into(), expected: "is True".into(), found: found.into(), met }
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
    });
    story.add(Event::Resumed { by: who("luis"), greenlight: "0.1.0".into(), greenlight_sha256: None });
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
    story.add(Event::Sealed { files });
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
    insta::assert_snapshot!(report::csv(&eventful().report(Lang::En)).replace("\r\n", "\n"));
}

#[test]
fn junit_of_an_eventful_run() {
    insta::assert_snapshot!(report::junit(&eventful().report(Lang::En), Text::new(Lang::En)));
}

#[test]
fn html_and_junit_are_well_formed_and_carry_no_markup_of_others() {
    for story in [eventful(), sealed()] {
        let report = story.report(Lang::Fr);
        for text in [report::html(&report, Text::new(Lang::Fr)), report::junit(&report, Text::new(Lang::Fr))]
        {
            assert!(!text.contains("<script") && !text.contains("<i>") && !text.contains('\u{1b}'), "{text}");
            // The void elements of HTML closed, the page must be XML.
            let xml = text.replace("<!DOCTYPE html>", "").replace("<br>", "<br/>");
            let xml = xml.lines().map(|line| {
                let metas = line.replace("<meta charset=\"utf-8\">", "");
                if line.starts_with("<meta") { metas.replace("\">", "\"/>") } else { metas }
            });
            let xml = xml.collect::<Vec<_>>().join("\n");
            let mut reader = quick_xml::Reader::from_str(&xml);
            let mut open = 0_i32;
            loop {
                match reader.read_event().unwrap() {
                    quick_xml::events::Event::Start(_) => open += 1,
                    quick_xml::events::Event::End(_) => open -= 1,
                    quick_xml::events::Event::Eof => break,
                    _ => {}
                }
            }
            assert_eq!(open, 0, "{xml}");
        }
    }
}

#[test]
fn a_cell_is_never_a_formula() {
    let mut story = Story::new(Mode::Live);
    let formulas = ["=1+1", "+1", "-1", "@SUM(A1)", " =HYPERLINK(\"x\")", "\t=1", "\r=1", "＝1"];
    let facts = formulas.iter().map(|found| fact("=p", found, false)).collect();
    story.check(1, "shared", Verdict::Red, facts, &[]);
    let csv = report::csv(&story.report(Lang::En));
    for (line, found) in csv.lines().filter(|line| line.contains("=p")).zip(formulas) {
        let cells: Vec<&str> = line.split("\",\"").collect();
        assert_eq!(cells.len(), 19, "{line}");
        assert_eq!(cells[8], "'=p");
        assert!(cells[10].starts_with(['\'', '\\']), "{found:?} in {line}");
    }
}

#[test]
fn only_a_green_step_passes_in_a_ci_server() {
    let junit = report::junit(&eventful().report(Lang::En), Text::default());
    assert!(junit.contains(r#"tests="4" failures="0" errors="2" skipped="1""#), "{junit}");
    let fresh = report::junit(&Story::new(Mode::Live).report(Lang::En), Text::default());
    assert!(fresh.contains(r#"tests="4" failures="3" errors="0" skipped="1""#), "{fresh}");
}

#[test]
fn the_check_json_of_an_eventful_run() {
    let story = eventful();
    let json = check::json(&story.run(), story.now(), Text::default());
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&value).unwrap());
}

#[test]
fn a_rehearsal_says_so_in_the_first_line_of_every_export() {
    let report = sealed().report(Lang::En);
    let markdown = report::markdown(&report, Text::default());
    assert!(markdown.lines().next().unwrap().contains("REHEARSAL"), "{markdown}");
    let json = report::json(&report);
    assert!(json.lines().next().unwrap().contains(r#""rehearsal": true"#), "{json}");
    let first = |text: String| text.lines().next().unwrap_or_default().to_owned();
    assert!(first(report::html(&report, Text::default())).contains("REHEARSAL"));
    assert!(first(report::junit(&report, Text::default())).contains("REHEARSAL"));
    assert!(first(report::csv(&report)).contains("REHEARSAL"));
    let live = eventful().report(Lang::En);
    assert!(!first(report::html(&live, Text::default())).contains("REHEARSAL"));
    assert!(!report::markdown(&live, Text::default()).contains("REHEARSAL"));
    assert!(report::json(&live).lines().next().unwrap().contains(r#""rehearsal": false"#));
    for json in [json, report::json(&live)] {
        serde_json::from_str::<serde_json::Value>(&json).unwrap();
    }
}

#[test]
fn a_green_that_no_longer_counts_is_never_called_green() {
    let mut story = Story::new(Mode::Live);
    story.check(1, "tenant-session", Verdict::Green, vec![fact("State", "Opened", true)], &[]);
    let verdict = |story: &Story, now: Moment| {
        let value: serde_json::Value =
            serde_json::from_str(&check::json(&story.run(), now, Text::default())).unwrap();
        (
            value["steps"][0]["verdict"].clone(),
            value["steps"][0]["reason"].clone(),
            value["gate"]["open"].clone(),
        )
    };
    assert_eq!(verdict(&story, story.now()).0, "green");
    let late = Moment { wall: story.now().wall + 3_600_000, mono: story.now().mono + 3_600_000 };
    let (stale, reason, open) = verdict(&story, late);
    assert_eq!((stale, open), ("undetermined".into(), false.into()));
    assert!(reason.as_str().unwrap().contains("30m"), "{reason}");
    story.add(Event::ShellEnded { session: Session(number(1)), end: ShellEnd::Closed });
    assert_eq!(verdict(&story, story.now()).0, "undetermined");
}

#[test]
fn an_interrupted_apply_hides_what_an_older_check_found() {
    let story = eventful();
    let report = story.report(Lang::En);
    let shared = &report.steps[1];
    assert_eq!(shared.checked.verdict, check::StepVerdict::Interrupted);
    assert!(shared.checked.facts.is_empty() && shared.checked_at.is_none());
    assert_eq!(shared.attempts, 2);
}

#[test]
fn an_excerpt_is_only_ever_what_was_written() {
    let mut story = Story::new(Mode::Live);
    // Longer than what is kept of it, so that its end begins within a line.
    let lines = vec!["a line of output that is neither long nor short"; 9_000];
    story.check(1, "shared", Verdict::Undetermined, vec![], &lines);
    story.check(2, "archive", Verdict::Green, vec![], &["the archive"]);
    let report = story.report(Lang::En);
    let excerpt = report.steps[1].excerpt.as_ref().unwrap();
    assert_eq!((excerpt.lines.len(), excerpt.lines[19].at, &excerpt.damage), (20, 899_900, &None));
    assert!(report.damage.is_empty(), "{:?}", report.damage);

    let path = story.folder().path().join(&excerpt.file);
    let written = std::fs::read(&path).unwrap();
    // Far before what is shown of it.
    let mut forged = written.clone();
    forged[40] ^= 1;
    let cases =
        [(Some(forged), "content has changed"), (Some(written[1..].to_vec()), "length"), (None, "read")];
    for (bytes, what) in cases {
        match bytes {
            Some(bytes) => std::fs::write(&path, bytes).unwrap(),
            None => std::fs::remove_file(&path).unwrap(),
        }
        let report = story.report(Lang::En);
        let excerpt = report.steps[1].excerpt.as_ref().unwrap();
        assert!(excerpt.lines.is_empty() && excerpt.damage.as_ref().unwrap().contains(what), "{excerpt:?}");
        assert_eq!((report.damage.len(), report.damage[0].record), (1, Some(6)), "{:?}", report.damage);
        assert_eq!(report.damage[0].file.as_ref(), Some(&excerpt.file));
        assert_eq!(report.steps[3].excerpt.as_ref().unwrap().lines[0].text, "the archive");
    }
}

#[test]
fn no_export_carries_a_control_character_or_loose_markup() {
    let report = eventful().report(Lang::En);
    let markdown = report::markdown(&report, Text::default());
    for text in [&markdown, &report::json(&report)] {
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text}");
    }
    // Outside fences and code, markup of others is escaped.
    let mut fence: Option<String> = None;
    for line in markdown.lines() {
        let ticks: String = line.chars().take_while(|c| *c == '`').collect();
        match &fence {
            Some(open) if line == open.as_str() => fence = None,
            Some(_) => {}
            None if ticks.len() >= 3 => fence = Some(ticks),
            None => {
                let prose: String = line.split('`').step_by(2).collect();
                let loose = prose.split('\\').enumerate().any(|(part, text)| {
                    // The character after a backslash is escaped.
                    let loose = if part == 0 { text } else { text.get(1..).unwrap_or_default() };
                    loose.contains(['<', '[', '_'])
                });
                assert!(!loose, "{line}");
            }
        }
    }
    assert_eq!(fence, None, "every fence is closed");
}

#[test]
fn a_report_does_not_grow_with_the_attempts() {
    let mut story = Story::new(Mode::Live);
    for attempt in 1..=50 {
        story.check(attempt, "shared", Verdict::Undetermined, vec![], &["one more"]);
    }
    let report = story.report(Lang::En);
    let shared = &report.steps[1];
    assert_eq!((shared.attempts, shared.last_attempts.len()), (50, 10));
    assert_eq!(shared.last_attempts[9].number, 50);
    assert_eq!(shared.excerpt.as_ref().unwrap().file, "transcript/shared-50.jsonl");
}
