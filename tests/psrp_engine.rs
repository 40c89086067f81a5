//! The client against the real engine.

#[path = "psrp_engine/server.rs"]
mod server;

use server::{Server, engine};

#[test]
fn opens_and_runs() {
    let Some(path) = engine("opens_and_runs") else { return };
    let mut server = Server::start(&path);
    eprintln!("{:?} {:?}", server.peer, server.application_data);
    let ran = server.script("1; 'two'; $null; [pscustomobject]@{ a = 1; b = 'x' }; @{ k = 2 }; Get-Date; Write-Host hi -ForegroundColor Red; write-warning w; write-verbose v -verbose; write-debug d -debug; write-information i; write-progress act stat -percent 5; write-error e; $Host.UI.WriteWarningLine('direct'); [DayOfWeek]::Monday");
    for event in &ran.events {
        eprintln!("{event:?}");
    }
    let ran = server.script("throw 'x'");
    eprintln!("{ran:#?}");
    server.close();
}
