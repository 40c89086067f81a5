//! Secrets cross the pipe only encrypted.

use greenlight::facade::psrp::{Pipeline, PsValue, Secret};

use super::server::Server;
use crate::engine::powershell;

#[test]
fn a_secure_string_goes_in_as_a_parameter_and_comes_back() {
    let Some(path) = powershell("a_secure_string_goes_in_as_a_parameter_and_comes_back") else { return };
    let mut server = Server::start(&path);
    for secret in ["", "x", "fifteen chars!!", "exactly 16 units", "ñ€😀 long ".repeat(100).as_str()] {
        let value = PsValue::from(Secret::from(secret));
        let set = Pipeline::command("Set-Variable").parameter("Name", "s").parameter("Value", value.clone());
        server.run(set).completed();
        let ran = server.script("[System.Net.NetworkCredential]::new('', $s).Password; $s");
        assert_eq!(ran.completed().output(), [PsValue::from(secret), value]);
    }
    server.close();
}

#[test]
fn a_secret_made_by_the_script_comes_back_when_the_server_asks_for_the_key() {
    let Some(path) = powershell("a_secret_made_by_the_script_comes_back_when_the_server_asks_for_the_key")
    else {
        return;
    };
    let mut server = Server::start(&path);
    let ran = server.script(
        "$s = [securestring]::new(); foreach ($c in [char[]]'made there') { $s.AppendChar($c) }; \
         $s; [pscredential]::new('u', $s)",
    );
    let output = ran.completed().output();
    assert_eq!(output[0], PsValue::from(Secret::from("made there")));
    assert_eq!(output[1].property("Password"), Some(&output[0]));
    assert_eq!(output[1].property("UserName").map(PsValue::display).as_deref(), Some("u"));
    server.close();
}

#[test]
fn nothing_that_is_sent_or_printed_holds_the_secret() {
    let Some(path) = powershell("nothing_that_is_sent_or_printed_holds_the_secret") else { return };
    let mut server = Server::start(&path);
    let canary = "Canary-7f3a-Password";
    let value = PsValue::from(Secret::from(canary));
    let set = Pipeline::command("Set-Variable").parameter("Name", "s").parameter("Value", value);
    server.sent = Some(Vec::new());
    server.run(set.clone()).completed();
    let ran = server.script("$s");
    let wire = server.sent.take().expect("it was kept");
    let plain: Vec<u8> = decoded(&wire);
    let utf16: Vec<u8> = canary.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for form in [canary.as_bytes(), &utf16] {
        assert!(!contains(&plain, form), "the wire holds the secret");
    }
    for text in [format!("{set:?}"), format!("{ran:?}"), format!("{:?}", server.client)] {
        assert!(!text.contains("Canary"), "{text}");
    }
    server.close();
}

/// The content of every `<Data>` line.
fn decoded(lines: &[u8]) -> Vec<u8> {
    use base64::Engine as _;
    let text = std::str::from_utf8(lines).expect("the wire is ASCII");
    text.lines()
        .filter_map(|line| line.strip_prefix("<Data ")?.split_once('>')?.1.strip_suffix("</Data>"))
        .flat_map(|data| base64::engine::general_purpose::STANDARD.decode(data).expect("base64"))
        .collect()
}

fn contains(text: &[u8], wanted: &[u8]) -> bool {
    text.windows(wanted.len()).any(|window| window == wanted)
}
