//! How fast CLIXML is read and written, on one core: `cargo bench --bench clixml` (`GREENLIGHT_BENCH_ROUNDS` for other than
//! 7 rounds). In each round every document is read, and written, as often as fits into a part of a second.

#![expect(clippy::indexing_slicing, clippy::print_stdout, reason = "the figures are its output")]
#![expect(clippy::expect_used, reason = "a document that cannot be read has no speed")]

#[path = "support/figures.rs"]
mod figures;

use std::hint::black_box;
use std::time::{Duration, Instant};

use greenlight::psrp::clixml::{self, Limits};
use greenlight::psrp::{Object, Value};

const ROUND: Duration = Duration::from_millis(400);

fn main() {
    let lines: Vec<Value> =
        (0..20_000).map(|n| format!("{n:06} {}", "plain text, ".repeat(4)).into()).collect();
    let object = |n: i32| -> Value {
        Object {
            type_names: ["Deserialized.Microsoft.Rtc.Management.ADConnect.Schema.OCSADUser".to_owned()]
                .into(),
            adapted: vec![
                ("Identity".to_owned(), format!("CN=User {n},OU=People,DC=contoso,DC=com").into()),
                ("SipAddress".to_owned(), format!("sip:user{n}@contoso.com").into()),
                ("Enabled".to_owned(), (n % 2 == 0).into()),
                ("LineUri".to_owned(), Value::Null),
                ("Count".to_owned(), n.into()),
                ("WhenChanged".to_owned(), Value::DateTime("2026-02-28T23:59:59.1234567Z".to_owned())),
                ("Policies".to_owned(), Value::list(vec!["Tag:Default".into(), "Tag:Remote".into()])),
            ],
            ..Object::default()
        }
        .into()
    };
    let objects = Value::list((0..5000).map(object).collect());
    let escaped = Value::from("a line with \u{1f600} and <markup> & an_underscore\r\n".repeat(20_000));

    report("200 strings of 60 characters each", lines.get(..200).unwrap_or_default());
    report("20,000 strings of 60 characters each", &lines);
    report("one list of 5,000 users", &[objects]);
    report("one string of many lines with escapes", &[escaped]);
}

fn report(name: &str, values: &[Value]) {
    // `cargo bench --bench clixml users` measures only what has the word in its name.
    if std::env::args().skip(1).any(|word| !word.starts_with('-') && !name.contains(&word)) {
        return;
    }
    let text: String = values.iter().map(|value| clixml::to_string(value).expect("no secret")).collect();
    let limits = Limits::default();
    let rounds = figures::count("GREENLIGHT_BENCH_ROUNDS", 7);
    let (mut read, mut written) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        read.push(speed(text.len(), || {
            black_box(clixml::parse_all(black_box(&text), limits).expect("well-formed"));
        }));
        written.push(speed(text.len(), || {
            for value in values {
                black_box(clixml::to_string(black_box(value)).expect("no secret"));
            }
        }));
    }
    figures::head(&format!("{name}, {} bytes", text.len()));
    figures::line("read", "MB/s (goal: 150)", &read);
    figures::line("written", "MB/s", &written);
}

/// Millions of bytes a second.
fn speed(bytes: usize, mut run: impl FnMut()) -> f64 {
    let (start, mut runs) = (Instant::now(), 0_u32);
    while start.elapsed() < ROUND {
        run();
        runs += 1;
    }
    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    let megabytes = bytes as f64 * f64::from(runs) / 1e6;
    megabytes / start.elapsed().as_secs_f64()
}
