//! Native programs that write to the server's own standard output.

use greenlight::psrp::{Event, PipelineState, ProtocolFault, Value};

use crate::server::{Ran, Server, engine};

fn noise(ran: &Ran) -> Vec<u8> {
    let bytes = |event: &Event| match event {
        Event::Noise(bytes) => bytes.clone(),
        _ => Vec::new(),
    };
    ran.events.iter().flat_map(bytes).collect()
}

/// Runs a shell command whose output goes where the server's goes.
#[cfg(unix)]
fn natively(command: &str) -> String {
    let command = command.replace('\'', "''");
    format!(
        "$i = [System.Diagnostics.ProcessStartInfo]::new('/bin/sh'); $i.ArgumentList.Add('-c'); \
         $i.ArgumentList.Add('{command}'); $i.UseShellExecute = $false; \
         $p = [System.Diagnostics.Process]::Start($i); $p.WaitForExit(); $p.ExitCode"
    )
}

#[cfg(unix)]
#[test]
fn noise_is_told_apart_and_harms_nothing() {
    let Some(path) = engine("noise_is_told_apart_and_harms_nothing") else { return };
    let mut server = Server::start(&path);
    for text in [
        "hello\n",
        "half a line",
        "<Data ",
        "<Data Stream='Default' PSGuid='00000000-0000-0000-0000-000000000000'>AAAA</Data>x",
        "<DataAck PSGuid='zz' />\n\n\n",
        "<Data Stream='Default' PSGuid='00000000-0000-0000-0000-000000000000'>AA<Data>>>\r\n",
        "\u{1b}[31mred\0\u{7f}\n",
    ] {
        let command = format!("printf '%b' '{}'", octal(text));
        let ran = server.script(&format!("'before'; {}; 'after'", natively(&command)));
        assert_eq!(
            ran.completed().output(),
            [Value::from("before"), Value::I32(0), Value::from("after")],
            "{text:?}"
        );
        assert_eq!(String::from_utf8_lossy(&noise(&ran)), text);
        assert!(ran.faults().is_empty(), "{ran:?}");
    }
    server.close();
}

fn octal(text: &str) -> String {
    text.bytes().fold(String::new(), |text, byte| text + &format!("\\0{byte:03o}"))
}

#[cfg(unix)]
#[test]
fn ten_megabytes_of_random_bytes_change_no_verdict() {
    let Some(path) = engine("ten_megabytes_of_random_bytes_change_no_verdict") else { return };
    let mut server = Server::start(&path);
    let ran = server.script(&format!("{}; 'after'", natively("head -c 10485760 /dev/urandom")));
    assert_eq!(ran.completed().output(), [Value::I32(0), Value::from("after")]);
    assert_eq!(noise(&ran).len(), 10_485_760);
    assert_eq!(server.script("1").completed().output(), [Value::I32(1)]);
    server.close();
}

#[cfg(unix)]
#[test]
fn what_is_torn_by_noise_is_never_passed_over_in_silence() {
    let Some(path) = engine("what_is_torn_by_noise_is_never_passed_over_in_silence") else { return };
    let mut server = Server::start(&path);
    // The child goes on in the background, so that both write at once and tear each other's lines.
    let command = natively("yes noise | head -c 30000000 &");
    let ran =
        server.script(&format!("{command}; $s = 'z' * 20000; foreach ($i in 1..1000) {{ $s }}; 'after'"));
    assert_eq!(ran.state, PipelineState::Completed);
    let arrived = ran.output().len();
    let told = ran.faults().iter().any(|event| matches!(event, Event::Fault(ProtocolFault::Torn(_))));
    assert_eq!(arrived < 1002, told, "{arrived} of 1002 arrived; faults: {:?}", ran.faults());
    assert!(
        ran.output()
            .iter()
            .skip(1)
            .all(|value| ["after", &"z".repeat(20000)].contains(&value.as_str().unwrap_or("")))
    );
    while server.script("1").completed().output() != [Value::I32(1)] {}
    server.close();
}
