//! The breaks of the computer that is played, and of remoting: what each changes, in what a command gives.

use super::breaks::{Case, compare};
use super::*;

const SIGNED: &str = "Get-AuthenticodeSignature $PSHOME/pwsh.dll | ForEach-Object { \"$($_.Status) $($_.SignerCertificate.Subject)\" }";
pub const COMPUTER: &[Case] = &[
    (
        "winrm-basic-off",
        r#"(Get-Item WSMan:\localhost\Client\Auth\Basic).Value; $null = winrm set winrm/config/client/auth '@{Basic="True"}'; (Get-Item WSMan:\localhost\Client\Auth\Basic).Value"#,
        "false; true",
    ),
    ("installer-unsigned", SIGNED, "NotSigned"),
    (
        "installer-changed",
        SIGNED,
        "HashMismatch CN=Microsoft Corporation, O=Microsoft Corporation, L=Redmond, S=Washington, C=US",
    ),
    ("installer-foreign", SIGNED, "Valid CN=Fabrikam, O=Fabrikam, C=US"),
    (
        "dns-internal-missing",
        "nslookup -type=SRV _sipinternaltls._tcp.contoso.com | Select-Object -Last 1",
        "*** dc01.contoso.com can't find _sipinternaltls._tcp.contoso.com: Non-existent domain",
    ),
    (
        "dns-external-other-port",
        "([regex]'= (\\d{3,})').Match((nslookup -type=SRV _sip._tls.contoso.com | Out-String)).Groups[1].Value",
        "5061",
    ),
    (
        "dns-federation-missing",
        "nslookup -type=SRV _sipfederationtls._tcp.contoso.com | Select-Object -Last 1",
        "*** dc01.contoso.com can't find _sipfederationtls._tcp.contoso.com: Non-existent domain",
    ),
    (
        "dns-discover-missing",
        "try { \"$([Net.Dns]::GetHostAddresses('lyncdiscover.contoso.com'))\" } catch { 'none' }",
        "none",
    ),
    (
        "remoting-off",
        "Invoke-Command -ComputerName fe02.contoso.com -ScriptBlock { 1 }",
        "error CannotConnect,PSSessionStateBroken,Invoke-Command",
    ),
    (
        "remoting-denied",
        "Invoke-Command -ComputerName fe02.contoso.com -ScriptBlock { 1 }",
        "error AccessDenied,PSSessionStateBroken,Invoke-Command",
    ),
    (
        "remote-build-old",
        "Invoke-Command -ComputerName fe02.contoso.com -ScriptBlock { (Get-ItemProperty HKLM:\\SOFTWARE).DisplayVersion }",
        "5.0.8308.0",
    ),
    (
        "remote-replicator-silent",
        "Invoke-Command -ComputerName fe02.contoso.com -ScriptBlock { (Get-WinEvent -FilterHashtable @{ Id = 30024 } -ErrorAction SilentlyContinue).Id }",
        "",
    ),
];

#[test]
fn each_break_of_the_computer_and_of_remoting_is_seen() -> Outcome {
    let Some(fixture) = Fixture::new("each_break_of_the_computer_and_of_remoting_is_seen")? else {
        return Ok(());
    };
    let computer = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/support/Computer.psm1");
    let before = format!("Import-Module Lync; Import-Module -DisableNameChecking '{}'", computer.display());
    compare(&fixture, &before, "GREENLIGHT_FIXTURE_ONPREM", &json!({}), COMPUTER)
}
