//! Records `corpus.txt`, from which the fuzzing starts: `cargo bench --bench record`.
//!
//! Nothing of the computer may be in it: what tells of it is left out or replaced.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::string_slice,
    clippy::cast_possible_truncation,
    reason = "a recorder"
)]

#[expect(dead_code, reason = "each benchmark takes its part")]
#[path = "support/server.rs"]
mod server;
#[expect(dead_code, reason = "each benchmark takes its part")]
#[path = "support/wire.rs"]
mod wire;

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::Path;

use server::Server;

const SCRIPTS: &[&str] = &[
    "$null; $true; $false; 1; 'text'; 'x' * 50; 'q' * 3000",
    "[char]'a'; [sbyte]-1; [byte]2; [int16]-3; [uint16]4; [uint32]5; [long]-6; [uint64]::MaxValue",
    "1.5; [float]2.5; 3.25d; [double]::NaN; [double]::PositiveInfinity; -0.0",
    "[datetime]'2024-05-06T07:08:09.1234567Z'; [datetime]'2024-05-06'; [timespan]'1.02:03:04.5'; [datetime]::MaxValue",
    "[guid]'00112233-4455-6677-8899-aabbccddeeff'; [uri]'https://example.org/a?b=c&d'; [version]'1.2.3.4'",
    ",[byte[]](1, 2, 3); [xml]'<a b=\"1\"><c>d</c></a>'; { Get-Date }; [System.DayOfWeek]::Monday",
    "\"a`tb`r`nc`0d`e[0m _x0041_ <&>`\"' ñ€😀 $([char]0xD800)\"",
    "@{ a = 1; b = @{ c = 'd'; e = @(1, 'two', $null) } }; [ordered]@{ z = 1; y = 2 }",
    ",@(1, 2, @(3, 4)); ,[System.Collections.ArrayList]@('a', 'b'); ,[System.Collections.Generic.List[int]]@(1, 2)",
    ",[System.Collections.Stack]@(1, 2); ,[System.Collections.Queue]@(3, 4)",
    "$o = [pscustomobject]@{ Identity = 'Global'; SharedSipAddressSpace = $false; AllowFederatedUsers = $true; Domains = @('contoso.com', 'fabrikam.com'); Limit = 250; Changed = [datetime]'2024-05-06T07:08:09Z' }; $o; $o, $o",
    "1..20 | ForEach-Object { [pscustomobject]@{ UserPrincipalName = \"user$_@contoso.com\"; DisplayName = \"User Number $_\"; Enabled = $true; SipAddress = \"sip:user$_@contoso.com\"; Policies = @{ Voice = 'Global'; Client = $null }; LineUri = \"tel:+3491000000$_\"; Pool = [pscustomobject]@{ Fqdn = 'pool01.contoso.com'; Site = 'Madrid'; Version = [version]'5.0.8308.0' } } }",
    "[timezoneinfo]::Utc; [cultureinfo]::InvariantCulture.NumberFormat; [version]'5.1' | Add-Member -PassThru Note 'n'",
    "$a = [pscustomobject]@{ N = 1; Self = $null }; $a.Self = $a; $a",
    "$d = 1; 1..30 | ForEach-Object { $d = @{ d = $d } }; $d",
    "Write-Error 'not so'; Write-Error -ErrorId Named -Category ObjectNotFound -TargetObject 'thing' 'no thing'; 1/0",
    "throw 'thrown'",
    "Get-Nothing-At-All",
    "if (",
    "Write-Warning 'careful'; Write-Verbose 'more' -Verbose; Write-Debug 'deep' -Debug:$true; Write-Host 'shown' -ForegroundColor Red",
    "Write-Progress -Activity 'Importing' -Status 'Getting commands' -PercentComplete 60 -SecondsRemaining 9 -CurrentOperation 'Get-CsTenant'; Write-Progress -Activity 'Importing' -Completed",
    "Write-Information 'told' -Tags a, b -InformationAction Continue; Write-Information @{ k = 'v' }",
    "$Host.UI.PromptForCredential('Sign in', 'Enter the password', 'admin@contoso.com', '')",
    "$Host.UI.PromptForChoice('Go on?', 'It changes the tenant.', [System.Management.Automation.Host.ChoiceDescription[]]@('&Yes', '&No'), 1)",
    "$Host.UI.ReadLine()",
    "$Host.UI.ReadLineAsSecureString()",
    "function f { param([Parameter(Mandatory, HelpMessage = 'Which one?')][string]$Name, [Parameter(Mandatory)][securestring]$Secret) $Name }; f",
    "$Host.UI.Write('a'); $Host.UI.WriteLine('b'); $Host.UI.WriteErrorLine('c'); $Host.SetShouldExit(3)",
    "$Host.UI.RawUI.WindowTitle = 't'; $Host.UI.RawUI.BufferSize; $Host.UI.RawUI.CursorPosition",
];

fn main() {
    let Some(engine) = Server::engine("record") else { return };
    let mut server = Server::start(&engine, Some(Vec::new()));
    for script in SCRIPTS {
        let _ = server.try_run(script);
    }
    let said = server.said.take().unwrap();
    let mut known = HashSet::new();
    let mut text = String::from(
        "# Messages of a real engine, recorded by `cargo bench --bench record`: the kind, and its CLIXML.\n",
    );
    for (_, message) in wire::messages(&said) {
        let data = scrub(&String::from_utf8(message.data).unwrap());
        let private = ["/home", "/root", "/tmp"].iter().any(|word| data.contains(word));
        if !private && !data.contains('\n') && known.insert((message.kind, data.clone())) {
            writeln!(text, "{:08x} {data}", message.kind).unwrap();
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/benches/corpus.txt");
    std::fs::write(&path, text).unwrap();
    println!("{} messages in {}", known.len(), path.display());
}

/// Replaces the names of the account, the computer and the process.
fn scrub(data: &str) -> String {
    let mut data = data.to_owned();
    for (begin, other) in [
        ("<S N=\"User\">", "operator"),
        ("<S N=\"Computer\">", "server01"),
        ("<S N=\"Source\">", "script"),
        ("<S N=\"Key\">OS</S><S N=\"Value\">", "Linux"),
    ] {
        if let Some(at) = data.find(begin).map(|at| at + begin.len()) {
            let end = at + data[at..].find('<').unwrap();
            data.replace_range(at..end, other);
        }
    }
    data
}
