use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use proptest::prelude::*;

use super::page::{PAGES, byte};
use super::{Cleaned, MASK, Scrubber};
use crate::run::Failure;
use crate::run::value::{Object, Value};
use crate::shell::Secret;

const SECRET: &str = "Canary-7f3a\u{20ac}'\"&<s> x";

fn scrubber() -> Scrubber {
    let mut scrubber = Scrubber::default();
    scrubber.learn(&Secret::new(SECRET.to_owned()));
    scrubber
}

/// What stays of an object.
fn value(scrubber: &Scrubber, value: Value) -> Value {
    match scrubber.value(value) {
        Cleaned::AsItCame(value) => {
            assert!(!format!("{value:?}").contains(MASK));
            value
        }
        Cleaned::Masked(value) => {
            assert!(format!("{value:?}").contains(MASK));
            value
        }
    }
}

/// What stays of lines that follow one another.
fn lines(lines: &[&str]) -> Vec<String> {
    let scrubber = scrubber();
    lines.iter().map(|line| scrubber.clean(line).into_owned()).collect()
}

#[test]
fn every_form_is_masked_and_what_stands_around_it_stays() {
    let hex = |bytes: &[u8], between: &str| {
        bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(between)
    };
    let utf16: Vec<u8> = SECRET.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let forms = [
        SECRET.to_owned(),
        // JSON as serde and pwsh write it, and as Windows PowerShell does.
        "Canary-7f3a\u{20ac}'\\\"&<s> x".to_owned(),
        "Canary-7f3a\\u20AC\\u0027\\\"\\u0026\\u003cs\\u003e x".to_owned(),
        "Canary-7f3a€&apos;&quot;&amp;&lt;s&gt; x".to_owned(),
        "Canary-7f3a&#8364;&#39;&#x22;&amp;&lt;s> x".to_owned(),
        "Canary-7f3a%E2%82%AC%27%22%26%3Cs%3E%20x".to_owned(),
        "Canary-7f3a%e2%82%ac'%22%26%3cs%3e+x".to_owned(),
        "Canary-7f3a_x20AC_''\"\"&<s> x".to_owned(),
        SECRET.chars().map(String::from).collect::<Vec<_>>().join("\0"),
        hex(SECRET.as_bytes(), ""),
        hex(SECRET.as_bytes(), "-").to_lowercase(),
        hex(&utf16, " "),
        hex(&utf16, ", 0x"),
    ];
    for form in forms {
        let text = format!("before {form} after");
        assert_eq!(lines(&[&text]), [format!("before {MASK} after").as_str()], "{text}");
    }
}

#[test]
fn base64_is_masked_wherever_the_secret_stands_in_it() {
    for around in ["", "a", "ab", "abc", "p: "] {
        let plain = format!("{around}{SECRET}{around}");
        let wide: Vec<u8> = plain.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [plain.as_bytes(), &wide] {
            for text in [STANDARD.encode(bytes), URL_SAFE.encode(bytes)] {
                let kept = lines(&[&text]).concat();
                assert!(kept.contains(MASK) && kept.len() < MASK.len() + 40, "{text} gives {kept}");
            }
        }
    }
}

#[test]
fn a_secret_within_one_text_is_found_across_its_line_breaks() {
    let (begin, end) = SECRET.split_at(6);
    let failure =
        scrubber().failure(Failure { message: format!("no: {begin}\r\n{end}!"), ..Failure::default() });
    assert_eq!(failure.message, format!("no: {MASK}!"));
    let value = value(&scrubber(), Value::text(format!("{begin}\n{end}")));
    assert_eq!(value, Value::text(MASK));
}

#[test]
fn a_secret_spread_over_objects_is_found_and_the_beginning_of_one_stays_for_the_verdict() {
    let scrubber = scrubber();
    let (begin, end) = SECRET.split_at(6);
    assert_eq!(value(&scrubber, Value::text(begin)), Value::text(begin));
    assert_eq!(value(&scrubber, Value::text(end)), Value::text(MASK));
    assert_eq!(value(&scrubber, Value::text(end)), Value::text(end), "only where it goes on");
}

#[test]
fn a_telling_part_before_an_ellipsis_is_masked() {
    assert_eq!(lines(&["x Canary-7... y"]), [format!("x {MASK}... y").as_str()]);
    assert_eq!(lines(&["x Canary-7… y", "Can... y"]), [format!("x {MASK}… y").as_str(), "Can... y"]);
}

#[test]
fn other_text_stays_as_it_is() {
    let text = ["Canada", "%", "&", "\\u", "_x", "can\0ary", "é", "Canary", "bird, 43 61 6e", "Can", "teen"];
    let kept = lines(&text);
    // Only a beginning of the secret at the end of a line cannot stay.
    let expected = text.map(|line| if line == "Canary" { MASK } else { line });
    assert_eq!(kept, expected);
}

#[test]
fn secrets_too_short_to_be_told_from_words_are_left_alone() {
    let mut scrubber = Scrubber::default();
    scrubber.learn(&Secret::new("abc".to_owned()));
    assert_eq!(scrubber.clean("abc"), "abc");
    assert_eq!(format!("{scrubber:?}"), "Scrubber(0 forms)");
}

proptest! {
    /// However a secret is cut into lines, no four characters of it in a row come through, across lines or within.
    #[test]
    fn cut_into_lines_it_does_not_come_through(cuts in prop::collection::btree_set(1_usize..18, 0..18)) {
        let chars: Vec<char> = SECRET.chars().collect();
        let mut pieces = Vec::new();
        let mut from = 0;
        for cut in cuts.into_iter().chain([chars.len()]) {
            pieces.push(chars.get(from..cut).unwrap().iter().collect::<String>());
            from = cut;
        }
        let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
        let kept = lines(&pieces).concat().replace(MASK, "");
        for part in chars.windows(4) {
            let part: String = part.iter().collect();
            prop_assert!(!kept.contains(&part), "{pieces:?} gives {kept:?}");
        }
    }

    #[test]
    fn hostile_text_is_no_trouble(text in any::<String>(), more in "[\\\\%&_x0-9a-fCanry;#-]{0,60}") {
        let scrubber = scrubber();
        scrubber.clean(&text);
        scrubber.clean(&more);
        scrubber.value(Value::Text(more));
    }
}

#[test]
fn a_secret_that_is_a_number_is_masked_in_a_number() {
    let mut scrubber = Scrubber::default();
    for secret in ["20260611", "10.22.333.4444"] {
        scrubber.learn(&Secret::new(secret.to_owned()));
    }
    for said in [Value::Int(20_260_611), Value::Float(20_260_611.0), Value::Version(vec![10, 22, 333, 4444])]
    {
        assert_eq!(value(&scrubber, said), Value::text(MASK));
    }
    for other in [Value::Int(20_260_612), Value::Version(vec![10, 22]), Value::Null, Value::Bool(true)] {
        assert_eq!(value(&scrubber, other.clone()), other);
    }
}

#[test]
fn what_an_ellipsis_leaves_of_the_end_is_masked() {
    let end = SECRET.split_at(9).1;
    for dots in ["…", "..."] {
        assert_eq!(
            lines(&[&format!("(Canary-7f{dots}{end}:String)")]),
            [format!("({MASK}{dots}{MASK}:String)")]
        );
    }
    assert_eq!(lines(&["… x", "...x"]), ["… x", "...x"], "too little to tell");
}

#[test]
fn a_secret_may_begin_with_dots() {
    let mut scrubber = Scrubber::default();
    scrubber.learn(&Secret::new("...dots and…more".to_owned()));
    assert_eq!(scrubber.clean("<...dots and…more>"), format!("<{MASK}>"));
}

#[test]
fn a_secret_in_a_pattern_is_masked() {
    let mut scrubber = Scrubber::default();
    scrubber.learn(&Secret::new("a b+c/d.e".to_owned()));
    assert_eq!(scrubber.clean(r"^a\ b\+c/d\.e$"), format!("^{MASK}$"));
}

/// What is hostile to the search costs time in proportion, not a standstill.
#[test]
fn a_long_text_of_beginnings_is_searched_once() {
    let scrubber = scrubber();
    for piece in ["&", "&#", "…", "...", "43 ", "C", "\\", "%", "_x"] {
        let text = piece.repeat(50_000);
        assert_eq!(scrubber.clean(&text), text, "{piece}");
    }
}

/// The bytes of `text` as programs write it, by the name of the encoding.
fn written(text: &str) -> Vec<(String, Vec<u8>)> {
    let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect();
    let mut all = vec![
        ("UTF-8".to_owned(), text.as_bytes().to_vec()),
        ("UTF-16".to_owned(), wide(u16::to_le_bytes)),
        ("UTF-16BE".to_owned(), wide(u16::to_be_bytes)),
        ("UTF-32".to_owned(), text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect()),
    ];
    for (number, table) in PAGES.iter().enumerate() {
        all.push((format!("page {number}"), text.chars().map(|c| byte(table, c)).collect()));
    }
    all
}

/// What readers make of bytes.
fn read(bytes: &[u8]) -> Vec<String> {
    let by = |table: &str| {
        let char = |byte: &u8| match byte {
            0..0x80 => char::from(*byte),
            _ => table.chars().nth(usize::from(*byte) - 0x80).unwrap(),
        };
        bytes.iter().map(char).collect::<String>()
    };
    let latin: String = ('\u{80}'..='\u{ff}').collect();
    let cyrillic: String = ('\u{401}'..='\u{480}').collect();
    let mut all: Vec<String> = PAGES.iter().copied().chain([&*latin, &*cyrillic]).map(by).collect();
    all.push(String::from_utf8_lossy(bytes).into_owned());
    // As ASCII.
    all.push(bytes.iter().map(|byte| if byte.is_ascii() { char::from(*byte) } else { '?' }).collect());
    all
}

#[test]
fn a_secret_is_found_in_whatever_encoding_it_was_written_and_read() {
    let secrets =
        ["Contraseña-2013", "Ñandú-€5-größe", "MotDePassé-99", "cœur-à-œuf", "pässwörd-žluť", "…Fin-Été"];
    let mut tried = 0;
    for secret in secrets {
        let mut scrubber = Scrubber::default();
        scrubber.learn(&Secret::new(secret.to_owned()));
        for (encoding, bytes) in written(secret) {
            for text in read(&bytes) {
                let line = format!("it is {text}, is it not");
                let cleaned = scrubber.clean(&line).replace('\0', "");
                assert_eq!(cleaned, format!("it is {MASK}, is it not"), "{secret} in {encoding}: {line:?}");
                assert_eq!(
                    scrubber.was_garbled(),
                    !line.contains(secret) && without_zeros(&line, secret),
                    "{line:?}"
                );
                tried += 1;
            }
            let hex = bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
            for form in [STANDARD.encode(&bytes), hex] {
                if !encoding.contains("BE") && encoding != "UTF-32" {
                    assert!(scrubber.clean(&form).contains(MASK), "{secret} in {encoding}: {form}");
                }
            }
        }
    }
    assert_eq!(tried, 6 * 7 * 7);
}

/// Whether the secret is not there with zeros between its characters either: that is found as it is.
fn without_zeros(line: &str, secret: &str) -> bool {
    !line.replace('\0', "").contains(secret)
}

#[test]
fn a_secret_that_is_no_ascii_hides_nothing_else() {
    for secret in ["Contraseña-2013", "España-1", "éàüöñç", "пароль-1", "ñandú"] {
        let mut scrubber = Scrubber::default();
        scrubber.learn(&Secret::new(secret.to_owned()));
        for line in [
            "La contraseña de España no es válida: versión 4.5, 12 €",
            "Contrase-2013 Contraseñas-2013 Contraseñ",
            "Имя пользователя или парол введены неверно",
            "Esp?a-1 a-2013 and nd ¿qué?",
            "tab\tle  ──  ok",
        ] {
            let whole = scrubber.owned(line.to_owned());
            assert_eq!(whole, line, "{secret}");
        }
    }
}

#[test]
fn a_character_that_is_left_out_or_written_in_ascii_hides_no_secret() {
    let mut scrubber = Scrubber::default();
    scrubber.learn(&Secret::new("Ñandú-€5-größe".to_owned()));
    for text in
        ["\u{fffd}and\u{fffd}-5-gr\u{fffd}\u{fffd}e", "and-5-gre", "Nandu-EUR5-grosse", "Ñandú-EUR5-größe"]
    {
        let cleaned = scrubber.clean(&format!("it is {text}, is it not")).into_owned();
        assert!(
            cleaned.contains(MASK) && !cleaned.contains("-5-g") && !cleaned.contains("R5-g"),
            "{cleaned}"
        );
    }
}

#[test]
fn an_object_with_a_secret_in_a_name_is_masked_and_known_to_be() {
    let of = |type_name: &str, property: &str| {
        let properties = vec![(property.to_owned(), Value::Bool(true))];
        Value::Object(Object { type_names: vec![type_name.to_owned()], text: String::new(), properties })
    };
    for value in [of(&format!("of {SECRET}"), "Ok"), of("x", &format!("user {SECRET}"))] {
        let Cleaned::Masked(value) = scrubber().value(value.clone()) else { panic!("{value:?}") };
        assert!(!format!("{value:?}").contains("Canary"), "{value:?}");
    }
}
