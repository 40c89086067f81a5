//! Native programs that write to the server's own standard output.

use greenlight::psrp::{Event, Value};

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
        let heard = String::from_utf8_lossy(&noise(&ran)).into_owned();
        let shown = text.replace(DATA, "");
        assert_eq!(heard.trim_end_matches('\n'), shown.trim_end_matches('\n'), "{text:?}");
    }
    server.close();
}

/// A whole packet is taken as one even when a program wrote it; its nonsense is a fault, not noise.
const DATA: &str = "<Data Stream='Default' PSGuid='00000000-0000-0000-0000-000000000000'>AAAA</Data>";

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
