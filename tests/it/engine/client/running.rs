//! Pipelines, one after another.

use greenlight::facade::psrp::{Busy, HostCall, Pipeline, PipelineState, ProtocolVersion, PsValue};

use super::server::Server;
use crate::engine::powershell;

#[test]
fn opens_as_2_3_so_that_secrets_are_encrypted() {
    let Some(path) = powershell("opens_as_2_3_so_that_secrets_are_encrypted") else { return };
    let server = Server::start(&path);
    assert_eq!(server.peer.protocol, ProtocolVersion { major: 2, minor: 3 });
    let table = server.application_data.property("PSVersionTable").expect("it tells its version");
    assert!(table.property("PSVersion").is_some_and(|version| version.display().starts_with("7.")));
    server.close();
}

#[test]
fn state_lives_from_pipeline_to_pipeline() {
    let Some(path) = powershell("state_lives_from_pipeline_to_pipeline") else { return };
    let mut server = Server::start(&path);
    server.script("$x = 41; function Add-One($n) { $n + 1 }").completed();
    assert_eq!(server.script("Add-One $x").completed().output(), [PsValue::I32(42)]);
    server.script("throw 'no'");
    assert_eq!(server.script("Add-One $x").completed().output(), [PsValue::I32(42)]);
    server.close();
}

#[test]
fn a_throw_and_a_parse_error_fail_with_their_record() {
    let Some(path) = powershell("a_throw_and_a_parse_error_fail_with_their_record") else { return };
    let mut server = Server::start(&path);
    let PipelineState::Failed(error) = server.script("'before'\nthrow 'out of paper'").state else {
        panic!("a throw fails")
    };
    assert_eq!(error.message, "out of paper");
    assert_eq!(error.category, "OperationStopped");
    assert_eq!(error.exception_type, "System.Management.Automation.RuntimeException");
    assert_eq!(error.script_stack_trace.as_deref(), Some("at <ScriptBlock>, <No file>: line 2"));

    let PipelineState::Failed(error) = server.script("1 +* 2").state else { panic!("a parse error fails") };
    assert_eq!(error.category, "ParserError");
    assert_eq!(error.exception_type, "System.Management.Automation.ParseException");

    let PipelineState::Failed(error) = server.run(Pipeline::command("Get-Nothing")).state else {
        panic!("an unknown command fails")
    };
    assert_eq!(error.fully_qualified_error_id, "CommandNotFoundException");
    assert_eq!(error.category, "ObjectNotFound");
    assert_eq!(error.category_target_name, "Get-Nothing");
    server.close();
}

#[test]
fn typed_variables_go_in_as_parameters() {
    let Some(path) = powershell("typed_variables_go_in_as_parameters") else { return };
    let mut server = Server::start(&path);
    let hostile =
        "'@ $(exit 9) `\" \u{2018}\u{2019}\u{201c} \n\r\n\0 _x0041_ <&> \u{1F600} $x ; \u{85}\u{fffe}";
    for (value, type_name) in [
        (PsValue::from(hostile), "String"),
        (PsValue::from(true), "Boolean"),
        (PsValue::from(-5_i64), "Int64"),
        (PsValue::from(1.5_f64), "Double"),
        (PsValue::Version("1.2.3".to_owned()), "Version"),
        (PsValue::Guid("0f0e0d0c-0b0a-0908-0706-050403020100".to_owned()), "Guid"),
        (PsValue::Uri("https://example.org/a?b=c".to_owned()), "Uri"),
        (PsValue::DateTime("2026-02-28T23:59:59.1234567Z".to_owned()), "DateTime"),
        (PsValue::Duration("P1DT2H3M4.5S".to_owned()), "TimeSpan"),
        (PsValue::Bytes(vec![0, 255, 7]), "Byte[]"),
        (PsValue::list(vec!["a".into(), PsValue::Null, 2.into()]), "ArrayList"),
    ] {
        let set = Pipeline::command("Set-Variable").parameter("Name", "it").parameter("Value", value.clone());
        server.run(set).completed();
        let ran = server.script("$it.GetType().Name; ,$it");
        assert_eq!(ran.completed().shown().first().map(String::as_str), Some(type_name));
        let back = ran.output().pop().expect("the value");
        if let Some(items) = value.items() {
            assert_eq!(back.items(), Some(items));
        } else {
            assert_eq!(back, value);
        }
    }
    server.close();
}

#[test]
fn a_megabyte_of_text_goes_both_ways() {
    let Some(path) = powershell("a_megabyte_of_text_goes_both_ways") else { return };
    let mut server = Server::start(&path);
    let text = "ñ€😀'\"$x\n".repeat(100_000);
    let set = Pipeline::command("Set-Variable").parameter("Name", "big").parameter("Value", text.as_str());
    server.run(set).completed();
    assert_eq!(server.script("$big").completed().output(), [PsValue::from(text)]);
    server.close();
}

#[test]
fn commands_are_piped_into_each_other() {
    let Some(path) = powershell("commands_are_piped_into_each_other") else { return };
    let mut server = Server::start(&path);
    let pipeline =
        Pipeline::script("3, 1, 2").pipe(Pipeline::command("Sort-Object").parameter("Descending", true));
    assert_eq!(
        server.run(pipeline).completed().output(),
        [PsValue::I32(3), PsValue::I32(2), PsValue::I32(1)]
    );
    let local = Pipeline::script("$kept = 1").in_local_scope();
    server.run(local).completed();
    assert_eq!(server.script("$null -eq $kept").completed().output(), [PsValue::Bool(true)]);
    server.close();
}

#[test]
fn exit_tells_its_code_and_the_session_lives_on() {
    let Some(path) = powershell("exit_tells_its_code_and_the_session_lives_on") else { return };
    let mut server = Server::start(&path);
    server.script("$x = 1").completed();
    let ran = server.script("exit 7");
    assert_eq!(ran.completed().calls(), [HostCall::SetShouldExit(7)]);
    assert_eq!(server.script("$x").completed().output(), [PsValue::I32(1)]);
    server.close();
}

#[test]
fn one_pipeline_at_a_time() {
    let Some(path) = powershell("one_pipeline_at_a_time") else { return };
    let mut server = Server::start(&path);
    let id = server.client.invoke(Pipeline::script("1")).expect("nothing runs");
    assert_eq!(server.client.invoke(Pipeline::script("2")), Err(Busy::Running(id)));
    while !matches!(server.event(), greenlight::facade::psrp::ClientEvent::Finished { .. }) {}
    assert_eq!(server.script("3").completed().output(), [PsValue::I32(3)]);
    server.close();
}

#[test]
fn thousands_of_tiny_pipelines_are_each_answered_once() {
    let Some(path) = powershell("thousands_of_tiny_pipelines_are_each_answered_once") else { return };
    let mut server = Server::start(&path);
    // Under wine each takes as long as five elsewhere.
    let count = if cfg!(windows) { 2_000 } else { 10_000 };
    for n in 0..count {
        let ran = server.script(&n.to_string());
        assert_eq!(ran.completed().output(), [PsValue::I32(n)]);
        assert_eq!(ran.events.len(), 1, "{:?}", ran.events);
    }
    server.close();
}

#[test]
fn any_chunking_of_the_bytes_gives_the_same() {
    let Some(path) = powershell("any_chunking_of_the_bytes_gives_the_same") else { return };
    let mut server = Server::start(&path);
    for chunk in [1, 2, 3, 7, 4096] {
        server.chunk = Some(chunk);
        let ran = server.script("'a' * 100000; Write-Warning w; 2");
        assert_eq!(ran.completed().output(), [PsValue::from("a".repeat(100_000)), PsValue::I32(2)]);
        assert_eq!(ran.records().len(), 1);
        assert!(ran.faults().is_empty());
    }
    server.close();
}
