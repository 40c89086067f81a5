//! The seven streams, and the host's own.

use greenlight::facade::psrp::{ClientEvent, HostCall, Record, WriteTo};

use super::server::{Ran, Server};
use crate::engine::powershell;

/// One word for every event that a person would see.
fn kinds(ran: &Ran) -> Vec<String> {
    let kind = |event: &ClientEvent| match event {
        ClientEvent::Output { value, .. } => format!("output {}", value.display()),
        ClientEvent::Record { record, .. } => match record {
            Record::Error(error) => format!("error {}", error.message),
            Record::Warning(note) => format!("warning {}", note.message),
            Record::Verbose(note) => format!("verbose {}", note.message),
            Record::Debug(note) => format!("debug {}", note.message),
            Record::Information(information) => format!("information {}", information.message()),
            Record::Progress(progress) => format!("progress {}", progress.activity),
        },
        ClientEvent::HostCall { call_kind: HostCall::Write { text, .. }, .. } => format!("host {text}"),
        other => format!("{other:?}"),
    };
    ran.events.iter().map(kind).collect()
}

#[test]
fn every_stream_arrives_once_and_in_order() {
    let Some(path) = powershell("every_stream_arrives_once_and_in_order") else { return };
    let mut server = Server::start(&path);
    let round = "Write-Output o; Write-Error e; Write-Warning w; Write-Verbose v -Verbose; Write-Debug d -Debug; \
                 Write-Information i; Write-Progress p; Write-Host h; ";
    let ran = server.script(&round.repeat(20));
    let expected =
        ["output o", "error e", "warning w", "verbose v", "debug d", "information i", "progress p", "host h"];
    assert_eq!(kinds(ran.completed()), expected.repeat(20));
    server.close();
}

#[test]
fn what_is_written_to_the_host_alone_is_shown_once() {
    let Some(path) = powershell("what_is_written_to_the_host_alone_is_shown_once") else { return };
    let mut server = Server::start(&path);
    let ran = server.script(
        "$Host.UI.WriteWarningLine('w'); $Host.UI.WriteVerboseLine('v'); $Host.UI.WriteDebugLine('d'); \
         $Host.UI.WriteErrorLine('e'); $Host.UI.Write('a'); $Host.UI.WriteLine(); $Host.UI.WriteLine('b'); \
         $Host.UI.Write('Red', 'Blue', 'c'); 'x' | Out-Host; Write-Host y -NoNewline; Write-Host z 6>$null",
    );
    assert_eq!(
        kinds(ran.completed()),
        [
            "warning w",
            "verbose v",
            "debug d",
            "host e",
            "host a",
            "host ",
            "host b",
            "host c",
            "host x",
            "host y"
        ]
    );
    let calls = ran.calls();
    assert!(matches!(&calls[0], HostCall::Write { to: WriteTo::Error, newline: true, .. }), "{calls:?}");
    assert!(
        matches!(
            &calls[4],
            HostCall::Write { foreground: Some(12), background: Some(9), newline: false, .. }
        ),
        "{calls:?}"
    );
    assert!(matches!(calls.last(), Some(HostCall::Write { newline: false, .. })), "{calls:?}");
    server.close();
}

#[test]
fn an_error_record_tells_what_where_and_why() {
    let Some(path) = powershell("an_error_record_tells_what_where_and_why") else { return };
    let mut server = Server::start(&path);
    let ran = server.script("# one\nGet-Item /nowhere/at/all; 'on'");
    let [Record::Error(error)] = &ran.completed().records()[..] else { panic!("{:?}", ran.events) };
    assert!(error.message.contains("nowhere"), "{error:?}");
    assert!(error.fully_qualified_error_id.starts_with("PathNotFound"), "{error:?}");
    assert_eq!(error.category, "ObjectNotFound");
    assert_eq!(error.category_activity, "Get-Item");
    assert_eq!(error.category_reason, "ItemNotFoundException");
    assert_eq!(error.category_target_type, "String");
    assert_eq!(error.exception_type, "System.Management.Automation.ItemNotFoundException");
    let whole = if cfg!(windows) { "C:\\nowhere\\at\\all" } else { "/nowhere/at/all" };
    assert_eq!(error.target_object.display(), whole);
    let invocation = error.invocation.as_ref().expect("the engine says where");
    assert_eq!(invocation.line_number, 2);
    assert!(invocation.line.starts_with("Get-Item"), "{invocation:?}");
    assert!(invocation.position_message.contains("At line:2 char:1"), "{invocation:?}");
    assert_eq!(ran.shown(), ["on"]);
    server.close();
}

#[test]
fn the_name_of_a_type_is_not_what_something_was_done_to() {
    let Some(path) = powershell("the_name_of_a_type_is_not_what_something_was_done_to") else { return };
    let mut server = Server::start(&path);
    let ran = server.script(
        "foreach ($target in @{ a = 1 }, 'fe03', 7, [DayOfWeek]::Monday) { \
             Write-Error no -TargetObject $target }",
    );
    let told = |record: &Record| match record {
        Record::Error(error) => error.target(),
        other => panic!("{other:?}"),
    };
    let targets: Vec<String> = ran.completed().records().iter().map(told).collect();
    assert_eq!(targets, ["", "fe03", "7", "Monday"]);
    server.close();
}

#[test]
fn progress_has_its_numbers() {
    let Some(path) = powershell("progress_has_its_numbers") else { return };
    let mut server = Server::start(&path);
    let ran = server.script(
        "Write-Progress -Activity A -Status S -PercentComplete 40 -SecondsRemaining 9 -CurrentOperation C -Id 3; \
         Write-Progress -Activity A -Id 3 -Completed",
    );
    let [Record::Progress(first), Record::Progress(last)] = &ran.completed().records()[..] else {
        panic!("{:?}", ran.events)
    };
    assert_eq!((first.activity.as_str(), first.status.as_str(), first.percent), ("A", "S", 40));
    assert_eq!((first.seconds_remaining, first.activity_id, first.parent_activity_id), (9, 3, -1));
    assert_eq!(first.current_operation.as_deref(), Some("C"));
    assert!(!first.completed && last.completed);
    server.close();
}

#[test]
fn two_hundred_thousand_strings_stream_without_gathering() {
    let Some(path) = powershell("two_hundred_thousand_strings_stream_without_gathering") else { return };
    let mut server = Server::start(&path);
    let id = server
        .client
        .invoke(greenlight::facade::psrp::Pipeline::script("$s = 'x' * 50; foreach ($i in 1..200000) { $s }"))
        .expect("nothing runs");
    let mut count = 0;
    loop {
        match server.event() {
            ClientEvent::Output { value, .. } => {
                assert_eq!(value.as_str().map(str::len), Some(50));
                count += 1;
            }
            ClientEvent::Finished { pipeline, .. } => {
                assert_eq!(pipeline, id);
                break;
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(count, 200_000);
    server.close();
}
