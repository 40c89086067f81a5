//! One expectation against the rows of a check: how many meet it, and what was found.

use std::collections::HashMap;

use super::super::Moment;
use super::super::value::{Member, Value};
use super::row::{Judgement, RowJudge};
use super::{Fact, Inputs};
use crate::checklist::{Expectation, Operand, Rows, Test};

/// How many characters of a found value a fact keeps.
const FOUND_KEPT: usize = 300;

/// What an expectation comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Met {
    Yes,
    No,
    /// It hangs on what could not be read.
    Unread,
}

/// Holds one expectation against all rows.
pub(super) fn fact(expectation: &Expectation, rows: &[&Value], inputs: &Inputs, now: Moment) -> (Fact, Met) {
    let members: Vec<Member<'_>> = rows
        .iter()
        .map(|row| match &expectation.property {
            Some(path) => row.member(path),
            None => Member::Here(row),
        })
        .collect();
    let answer = |(row, member): (&&Value, &Member<'_>)| {
        RowJudge { rows: expectation.rows, row, inputs, now }.answer(&expectation.test, *member)
    };
    let answers: Vec<Judgement> = rows.iter().zip(&members).map(answer).collect();
    let count = |wanted: Judgement| answers.iter().filter(|answer| **answer == wanted).count();
    let (passes, fails, unread) =
        (count(Judgement::Passes), count(Judgement::Fails), count(Judgement::Unread));
    let all = answers.len();
    // Whether it is met, and whether what could not be read might make it so.
    let (met, may_be_met) = match expectation.rows {
        Rows::All => (all > 0 && passes == all, passes + unread == all),
        Rows::Any => (passes > 0, true),
        // A row of which nobody can tell cannot show that the test fails on it.
        Rows::None => (fails == all, fails + unread == all),
        Rows::Count(wanted) => {
            let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
            let may_be = (passes..=passes + unread).contains(&wanted);
            (passes == wanted && passes + fails == all, may_be && passes + fails + unread == all)
        }
    };
    let met = match (met, unread > 0 && may_be_met) {
        (true, _) => Met::Yes,
        (false, true) => Met::Unread,
        (false, false) => Met::No,
    };
    let fact = Fact {
        property: expectation.property.clone().unwrap_or_default(),
        expected: expectation.to_string(),
        found: found(expectation, rows, &members, &answers),
        met: met == Met::Yes,
    };
    (fact, met)
}

/// What was found, in one line: for many rows the values that fail first, each once with its count.
fn found(
    expectation: &Expectation,
    rows: &[&Value],
    members: &[Member<'_>],
    answers: &[Judgement],
) -> String {
    let mut distinct: Vec<(String, usize, bool)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for ((row, member), answer) in rows.iter().zip(members).zip(answers) {
        let shown = shown(*member, *answer) + &beside(&expectation.test, row);
        if let Some((_, count, _)) = places.get(&shown).and_then(|place| distinct.get_mut(*place)) {
            *count += 1;
        } else {
            places.insert(shown.clone(), distinct.len());
            distinct.push((shown, 1, *answer == Judgement::Passes));
        }
    }
    let failing_first = match expectation.rows {
        Rows::All | Rows::Count(_) => false,
        Rows::Any | Rows::None => true,
    };
    distinct.sort_by_key(|(_, _, pass)| *pass != failing_first);
    let parts: Vec<String> = distinct
        .iter()
        .map(|(shown, count, _)| if *count > 1 { format!("{shown} ({count}x)") } else { shown.clone() })
        .collect();
    let joined = parts.join("; ");
    match joined.char_indices().nth(FOUND_KEPT) {
        Some((end, _)) => format!("{}…", joined.get(..end).unwrap_or_default()),
        None => joined,
    }
}

fn shown(member: Member<'_>, answer: Judgement) -> String {
    match member {
        // Else nobody would see why what is shown as the very text is not that text.
        Member::Here(Value::Object(object)) if answer == Judgement::NotJudged && !object.text.is_empty() => {
            format!("{} [{}]", object.text, object.type_names.first().map_or("", String::as_str))
        }
        Member::Here(value) => value.display(),
        Member::Absent => "—".to_owned(),
        Member::Unread => Value::Unread.display(),
    }
}

/// What stands in the properties of the row that the test compares with.
fn beside(test: &Test, row: &Value) -> String {
    let found = |operand: &Operand| match operand {
        Operand::Property(path) => {
            Some(format!(" ({operand}: {})", shown(row.member(path), Judgement::NotJudged)))
        }
        Operand::Bool(_) | Operand::Number(_) | Operand::Text(_) | Operand::Input(_) => None,
    };
    test.operands().iter().filter_map(found).collect()
}
