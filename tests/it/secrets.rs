//! A canary password on the real engine, echoed by a checklist in every way that it can think of: it stands nowhere.
#![allow(
    clippy::format_collect,
    clippy::format_push_string,
    clippy::sliced_string_as_bytes,
    reason = "a test that panics fails, and that is what it is for"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde_json::json;

use crate::harness::world::{PASSWORD, World, wait_until};

/// Ways to say a password aloud. `$p` is the password, `$n` a name for what is made of it.
const WAYS: [(&str, &str); 32] = [
    ("plain", "$p"),
    ("within", "\"it is [$p], is it not\""),
    ("host", "Write-Host $p; Write-Host \"x $p y\""),
    (
        "streams",
        "$VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'; Write-Verbose \"v $p\"; Write-Debug \"d $p\"; Write-Information \"i $p\"; Write-Warning \"w $p\"; Write-Information $p -Tags $p; 1",
    ),
    ("warned", "Write-Warning $p; Write-Warning \"of $p\"; 1"),
    ("error", "Write-Error \"no: $p\"; Write-Error $p -ErrorId $p -Category InvalidData -TargetObject $p"),
    ("thrown", "throw \"thrown $p\""),
    ("thrown-object", "throw (New-Object InvalidOperationException $p)"),
    ("inner", "throw (New-Object InvalidOperationException 'outer', (New-Object ArgumentException $p, $p))"),
    ("across-an-errors-lines", "Write-Error ($p.Substring(0, 6) + \"`r`n\" + $p.Substring(6))"),
    ("not-found", "& $p"),
    (
        "property",
        "New-Object PSObject -Property @{ Name = $p; Inner = (New-Object PSObject -Property @{ Deep = @($p, \"a $p\") }) }",
    ),
    (
        "property-name",
        "$o = New-Object PSObject; $o | Add-Member -MemberType NoteProperty -Name $p -Value 1; $o",
    ),
    ("dictionary", "@{ $p = 1; a = $p }"),
    (
        "base64",
        "[Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($p)); [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes(\"a$p\")); [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes(\"ab$p\"))",
    ),
    (
        "base64-wide",
        "[Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($p)); [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes(\"a$p\")); [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes(\"ab$p\"))",
    ),
    (
        "base64-header",
        "'Authorization: Basic ' + [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes(\"admin:$p\"))",
    ),
    (
        "base64-lines",
        "[Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes(\"$('x' * 41)$p\"), 'InsertLineBreaks')",
    ),
    (
        "hex",
        "[BitConverter]::ToString([Text.Encoding]::UTF8.GetBytes($p)); ([BitConverter]::ToString([Text.Encoding]::Unicode.GetBytes($p)) -replace '-').ToLower()",
    ),
    (
        "uri",
        "[Uri]::EscapeDataString($p); [Net.WebUtility]::UrlEncode($p); \"https://user:$([Uri]::EscapeDataString($p))@contoso.com/\"",
    ),
    ("json", "ConvertTo-Json @{ password = $p }; ConvertTo-Json @{ password = $p } -Compress"),
    ("json-escaped", "($p.ToCharArray() | ForEach-Object { '\\u{0:x4}' -f [int]$_ }) -join ''"),
    (
        "xml",
        "[Security.SecurityElement]::Escape($p); [Net.WebUtility]::HtmlEncode($p); \"<p v=\"\"$([Security.SecurityElement]::Escape($p))\"\"/>\"",
    ),
    ("xml-numbers", "($p.ToCharArray() | ForEach-Object { '&#{0};' -f [int]$_ }) -join ''"),
    ("clixml", "[Management.Automation.PSSerializer]::Serialize($p)"),
    ("quoted", "\"'\" + $p.Replace(\"'\", \"''\") + \"'\""),
    (
        "pieces",
        "Write-Host -NoNewline $p.Substring(0, 6); Write-Host -NoNewline $p.Substring(6, 5); Write-Host $p.Substring(11)",
    ),
    ("pieces-between-streams", "Write-Host -NoNewline $p.Substring(0, 7); Write-Warning $p.Substring(7); 1"),
    (
        "lines",
        "$p.Substring(0, 6) + \"`n\" + $p.Substring(6); Write-Host $p.Substring(0, 9); Write-Host $p.Substring(9); 1",
    ),
    ("objects", "$p.Substring(0, 5); $p.Substring(5); $p.ToCharArray()"),
    ("characters", "foreach ($c in $p.ToCharArray()) { Write-Host $c }"),
    ("progress", "Write-Progress -Activity $p -Status $p; Write-Host $p -ForegroundColor Red; Read-Host $p"),
];

fn checklist() -> String {
    let text = |en: &str| format!("{{ en = \"{en}\" }}");
    let mut file = format!("format = 1\nid = \"loud\"\nversion = \"1\"\ntitle = {}\n", text("Loud"));
    let mut step = |id: &str, needs: &str, command: &str, expect: &str| {
        file.push_str(&format!(
            "[[step]]\nid = \"{id}\"\ntitle = {}\nwhy = {}\nneeds = [{needs}]\n[step.check]\ncommand = '''\n{command}'''\nexpect = [{expect}]\n",
            text(id),
            text("x")
        ));
    };
    let get =
        "$global:cred = Get-Credential -Message 'who'; $global:p = $cred.GetNetworkCredential().Password; 1";
    step("given", "", get, "{ rows = \"any\" }");
    for (id, command) in WAYS {
        let expect = "{ rows = \"any\" }, { property = \"Name\", is = \"nothing\" }, { property = \"Inner.Deep\", contains = \"no\" }, { matches = \"^nothing$\" }";
        step(id, "\"given\"", command, expect);
    }
    file
}

/// The program on that checklist, with all that it can say of itself.
fn loud(world: &World, output: &str) -> Command {
    fs::write(world.path("loud.toml"), checklist()).unwrap();
    let file = world.written("loud.toml");
    let mut command = world.greenlight(&["check", &file, "--trust", "--answers", "-", "--output", output]);
    command.env("GREENLIGHT_LOG", "trace");
    command
}

fn run(world: &World, output: &str) -> Output {
    let answer = json!({ "user": "ada@contoso.com", "password": PASSWORD });
    World::finish(&mut loud(world, output), &format!("{answer}\n"))
}

/// The password in every form that is searched for.
fn forms() -> Vec<(&'static str, Vec<u8>)> {
    let utf8 = PASSWORD.as_bytes().to_vec();
    let utf16: Vec<u8> = PASSWORD.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into_bytes();
    let json = serde_json::to_string(PASSWORD).unwrap();
    let json_ascii: String = PASSWORD.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let xml = PASSWORD.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let percent: String = PASSWORD
        .bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b == b'-' {
                char::from(b).to_string()
            } else {
                format!("%{b:02x}")
            }
        })
        .collect();
    let mut forms = vec![
        ("UTF-8", utf8.clone()),
        ("UTF-16", utf16.clone()),
        ("hex", hex(&utf8)),
        ("hex of UTF-16", hex(&utf16)),
        ("JSON", json.trim_matches('"').as_bytes().to_vec()),
        ("JSON, escaped", json_ascii.into_bytes()),
        ("XML text", xml.clone().into_bytes()),
        ("XML attribute", xml.replace('"', "&quot;").replace('\'', "&apos;").into_bytes()),
        ("HTML", xml.replace('"', "&quot;").replace('\'', "&#39;").into_bytes()),
        ("percent", percent.into_bytes()),
    ];
    for bytes in [utf8, utf16] {
        for before in 0..3 {
            let padded = [vec![0; before], bytes.clone()].concat();
            let text = STANDARD_NO_PAD.encode(&padded);
            forms.push(("base64", text[(before * 8).div_ceil(6)..padded.len() * 8 / 6].as_bytes().to_vec()));
        }
    }
    // No telling piece of it either: six characters in a row.
    let chars: Vec<char> = PASSWORD.chars().collect();
    forms.extend(chars.windows(6).map(|part| ("a piece", part.iter().collect::<String>().into_bytes())));
    forms
}

fn assert_absent(what: &str, bytes: &[u8]) {
    let lower = bytes.to_ascii_lowercase();
    for (name, form) in forms() {
        let is_digits = matches!(name, "hex" | "hex of UTF-16" | "percent" | "JSON, escaped");
        let (bytes, form) =
            if is_digits { (lower.as_slice(), form.to_ascii_lowercase()) } else { (bytes, form) };
        if let Some(at) = bytes.windows(form.len()).position(|window| window == form) {
            let around = String::from_utf8_lossy(&bytes[at.saturating_sub(200)..(at + 200).min(bytes.len())])
                .into_owned();
            panic!("the password stands in {what} as {name}, here:\n{around}");
        }
    }
}

fn assert_absent_below(folder: &Path) -> usize {
    let mut files = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files += assert_absent_below(&path);
        } else {
            assert_absent(&path.display().to_string(), &fs::read(&path).unwrap());
            files += 1;
        }
    }
    files
}

on_both!(a_password_that_a_checklist_says_aloud_in_every_way_stands_nowhere);
fn a_password_that_a_checklist_says_aloud_in_every_way_stands_nowhere(world: &World) {
    let output = run(world, "text");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    for (id, _) in WAYS {
        assert!(!said.contains(&format!("not run: {id}")), "{id} was not even run:\n{said}");
    }
    assert_absent("standard output", &output.stdout);
    assert_absent("standard error", &output.stderr);
    let events = world.events();
    let kept = events.iter().filter_map(|event| event["finding"]["warnings"].as_array()).flatten();
    assert!(
        kept.filter(|warning| *warning == "of [REDACTED]").count() == 1,
        "a finding keeps what it warned of"
    );
    let files = assert_absent_below(&world.data());
    assert!(files > WAYS.len(), "{files} files");
    for format in crate::harness::formats() {
        let export = world.export(format);
        assert_absent(format, export.as_bytes());
        assert!(
            export.contains("[REDACTED]") || format == "junit",
            "{format} shows that something was hidden"
        );
    }
    // What is cut into lines does not come together again either.
    for entry in fs::read_dir(world.run_folder().join("transcript")).unwrap() {
        let path = entry.unwrap().path();
        let lines = fs::read_to_string(&path).unwrap();
        let joined: String = lines
            .lines()
            .map(|line| {
                serde_json::from_str::<serde_json::Value>(line).unwrap()["x"].as_str().unwrap().to_owned()
            })
            .collect();
        assert_absent(&format!("{} joined", path.display()), joined.as_bytes());
    }
    let json = run(world, "json");
    assert_absent("JSON on standard output", &json.stdout);
}

on_native!(what_could_be_dumped_of_the_process_holds_no_memory);
fn what_could_be_dumped_of_the_process_holds_no_memory(world: &World) {
    let mut command = loud(world, "text");
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let asked = || {
        let runs = fs::read_dir(world.data()).into_iter().flatten().flatten();
        let journals = runs.map(|run| run.path().join("journal.jsonl"));
        journals.map(fs::read_to_string).any(|journal| journal.is_ok_and(|text| text.contains("\"asked\"")))
    };
    wait_until("the question", asked);
    let filter = |pid: u32| fs::read_to_string(format!("/proc/{pid}/coredump_filter")).unwrap();
    assert_eq!(filter(child.id()).trim(), "00000000");
    let children = fs::read_to_string(format!("/proc/{0}/task/{0}/children", child.id())).unwrap();
    let powershell: u32 = children.split_whitespace().next().unwrap().parse().unwrap();
    assert_eq!(filter(powershell).trim(), "00000000", "PowerShell holds the password too");
    let arguments = fs::read(format!("/proc/{}/cmdline", child.id())).unwrap();
    assert_absent("the command line", &arguments);
    drop(child.stdin.take());
    child.wait().unwrap();
}

#[test]
fn what_is_printed_of_a_secret_when_something_panics_is_a_mask() {
    let secret = || greenlight::facade::shell::Secret::new(PASSWORD.to_owned());
    let answer = greenlight::facade::shell::Answer::Credential("ada".to_owned(), secret());
    let panicked = std::panic::catch_unwind(|| {
        let wrong: Result<(), greenlight::facade::shell::Answer> = Err(answer);
        assert!(wrong.is_ok(), "{wrong:?}");
    });
    let message = panicked.unwrap_err().downcast::<String>().unwrap();
    assert!(message.contains("[REDACTED]"), "{message}");
    assert_absent("a panic's message", message.as_bytes());
    let mut scrubber = greenlight::facade::wizard::Scrubber::default();
    scrubber.learn(&secret());
    assert_absent("what is told of the scrubber", format!("{scrubber:?}").as_bytes());
    let fields =
        greenlight::facade::shell::Answer::Fields(vec![greenlight::facade::shell::FieldAnswer::Secret(
            secret(),
        )]);
    assert_absent(
        "what is told of fields",
        format!("{fields:?} {:?}", greenlight::facade::psrp::Secret::from(PASSWORD)).as_bytes(),
    );
}

/// Letters of Spanish, French and German, and a sign that not every code page has; what is ASCII in them tells them.
const ACCENTED: [(&str, &str); 3] = [
    ("\u{d1}and\u{fa}-\u{20ac}5-gr\u{f6}\u{df}e", "5-gr"),
    ("Contrase\u{f1}a-2013", "ontrase"),
    ("MotDePass\u{e9}-99", "otDePass"),
];
const ENCODINGS: [&str; 7] = ["utf-8", "utf-16", "utf-16BE", "utf-32", "437", "850", "1252"];

/// A step for each encoding in which a native program writes the password, captured by PowerShell or past it.
fn accented() -> String {
    let mut file = "format = 1\nid = \"loud\"\nversion = \"1\"\ntitle = \"Loud\"\n".to_owned();
    let mut step = |id: &str, command: &str| {
        file.push_str(&format!(
            "[[step]]\nid = \"{id}\"\ntitle = \"{id}\"\nwhy = \"x\"\n[step.check]\ncommand = '''\n{command}'''\nexpect = [{{ rows = \"any\" }}]\n"
        ));
    };
    step("given", "$cred = Get-Credential -UserName ada -Message who; 1");
    for encoding in ENCODINGS {
        let name = if encoding.starts_with('u') { format!("'{encoding}'") } else { encoding.to_owned() };
        let write = format!(
            "$f = [IO.Path]::GetTempFileName(); [IO.File]::WriteAllBytes($f, [Text.Encoding]::GetEncoding({name}).GetBytes(\"of $($cred.GetNetworkCredential().Password) is\"))"
        );
        // What comes with Windows ends at the first zero.
        let type_it = if encoding.starts_with("utf-") && encoding != "utf-8" {
            "[Diagnostics.Process]::GetCurrentProcess().MainModule.FileName, \"-NoProfile -Command [IO.File]::OpenRead('$f').CopyTo([Console]::OpenStandardOutput())\""
        } else {
            "'cmd', \"/c type $f\""
        };
        let write =
            format!("{write}; $p, $a = if ($env:OS -eq 'Windows_NT') {{ {type_it} }} else {{ 'cat', $f }}");
        let id = encoding.to_lowercase();
        step(&format!("captured-{id}"), &format!("{write}; $null | & $p $a.Split(' '); Remove-Item $f"));
        step(
            &format!("inherited-{id}"),
            &format!(
                "{write}; $i = New-Object Diagnostics.ProcessStartInfo $p, $a; $i.UseShellExecute = $false; $i.RedirectStandardInput = $true; $q = [Diagnostics.Process]::Start($i); $q.StandardInput.Close(); $q.WaitForExit(); Remove-Item $f; 1"
            ),
        );
    }
    file
}

on_both!(a_password_that_is_no_ascii_is_masked_in_whatever_encoding_a_program_writes_it);
fn a_password_that_is_no_ascii_is_masked_in_whatever_encoding_a_program_writes_it(world: &World) {
    fs::write(world.path("accented.toml"), accented()).unwrap();
    let file = world.written("accented.toml");
    for (password, telling) in ACCENTED {
        drop(fs::remove_dir_all(world.data()));
        let answer = json!({ "user": "ada", "password": password });
        let arguments = ["check", &*file, "--trust", "--answers", "-", "--output", "json"];
        let output = world.run(&arguments, &format!("{answer}\n"));
        let printed: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let transcripts = world.run_folder().join("transcript");
        let mut found = 0;
        for entry in fs::read_dir(transcripts).unwrap() {
            let text = fs::read_to_string(entry.unwrap().path()).unwrap();
            found += usize::from(text.contains("[REDACTED]"));
        }
        assert_eq!(found, 2 * ENCODINGS.len(), "{password}");
        for step in &printed["steps"].as_array().unwrap()[1..] {
            let green = step["verdict"] == "green";
            // Lines that were read right, and masked, are no part of a verdict.
            assert!(!green || step["id"] == "inherited-utf-8", "{step:#}");
        }
        let exports = [world.export("json"), world.export("html")];
        let mut written: Vec<Vec<u8>> = exports.into_iter().map(String::into_bytes).collect();
        written.extend([output.stdout, output.stderr]);
        for (name, bytes) in files(&world.data()) {
            if !name.ends_with("checklist.toml") {
                written.push(bytes);
            }
        }
        for bytes in written {
            let text = String::from_utf8_lossy(&bytes).replace("\\u0000", "").replace('\0', "");
            assert!(!text.contains(telling), "{password}: {text}");
        }
    }
}

/// All files below a folder.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(
            |path| if path.is_dir() { files(&path) } else { vec![(path.clone(), fs::read(path).unwrap())] },
        )
        .collect()
}
