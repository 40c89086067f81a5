//! What is written past the protocol, where the server writes.

use greenlight::facade::psrp::{ClientEvent, PipelineState, ProtocolFault, PsValue};

use super::server::{Ran, Server};
use crate::engine::powershell;

fn noise(ran: &Ran) -> Vec<u8> {
    let bytes = |event: &ClientEvent| match event {
        ClientEvent::Noise(bytes) => bytes.clone(),
        _ => Vec::new(),
    };
    ran.events.iter().flat_map(bytes).collect()
}

/// Writes where the server writes, past it.
const RAW: &str = "$raw = [Console]::OpenStandardOutput(); ";

#[test]
fn noise_is_told_apart_and_harms_nothing() {
    let Some(path) = powershell("noise_is_told_apart_and_harms_nothing") else { return };
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
        let bytes: Vec<String> = text.bytes().map(|byte| byte.to_string()).collect();
        let write = format!("{RAW}$raw.Write([byte[]]({}), 0, {})", bytes.join(","), text.len());
        let ran = server.script(&format!("'before'; {write}; 'after'"));
        assert_eq!(ran.completed().output(), [PsValue::from("before"), PsValue::from("after")], "{text:?}");
        assert_eq!(String::from_utf8_lossy(&noise(&ran)), text);
        assert!(ran.faults().is_empty(), "{ran:?}");
    }
    server.close();
}

#[test]
fn ten_megabytes_of_random_bytes_change_no_verdict() {
    let Some(path) = powershell("ten_megabytes_of_random_bytes_change_no_verdict") else { return };
    let mut server = Server::start(&path);
    let ran = server.script(&format!(
        "{RAW}$bytes = [byte[]]::new(10485760); [Random]::new(7).NextBytes($bytes); $raw.Write($bytes, 0, $bytes.Length); 'after'"
    ));
    assert_eq!(ran.completed().output(), [PsValue::from("after")]);
    assert_eq!(noise(&ran).len(), 10_485_760);
    assert_eq!(server.script("1").completed().output(), [PsValue::I32(1)]);
    server.close();
}

#[test]
fn what_is_torn_by_noise_is_never_passed_over_in_silence() {
    let Some(path) = powershell("what_is_torn_by_noise_is_never_passed_over_in_silence") else { return };
    let mut server = Server::start(&path);
    // The child goes on in the background, so that both write at once and tear each other's lines.
    let child = if cfg!(windows) {
        "'cmd.exe', '/c for /l %i in (1,1,20000) do @echo noise'"
    } else {
        "'/bin/sh', [string[]]('-c', 'yes noise | head -c 30000000')"
    };
    let ran = server.script(&format!(
        "$child = [Diagnostics.Process]::Start({child}); $s = 'z' * 20000; foreach ($i in 1..1000) {{ $s }}; 'after'"
    ));
    assert_eq!(ran.state, PipelineState::Completed);
    let arrived = ran.output().len();
    let told = ran.faults().iter().any(|event| matches!(event, ClientEvent::Fault(ProtocolFault::Torn(_))));
    assert_eq!(arrived < 1001, told, "{arrived} of 1001 arrived; faults: {:?}", ran.faults());
    assert!(
        ran.output()
            .iter()
            .all(|value| ["after", &"z".repeat(20000)].contains(&value.as_str().unwrap_or("")))
    );
    while server.script("1").completed().output() != [PsValue::I32(1)] {}
    server.close();
}
