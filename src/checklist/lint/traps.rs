//! Commands that run, and do not find out what their author thinks: hidden errors, variables of other steps, checks that
//! always find something.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::inputs::DeclaredInputs;
use super::powershell::{Part, last_element, parts};
use super::{Check, Checklist, Rows, Step, Test, plain, verb};
use crate::checklist::Warnings;
use crate::checklist::concern::{Concern, RowSource};
use crate::checklist::graph::{Closures, Graph};
use crate::checklist::read::is_automatic;
use crate::checklist::uses::{Script, is_word, mentions, names};

/// Why a failure of the check would look like the state that it looks for (`about_CommonParameters`, `-ErrorAction`).
pub(super) fn hidden_error(check: &Check) -> Option<Concern> {
    let by_nothing = |rows: Rows| matches!(rows, Rows::None | Rows::Count(0));
    let command = check.command.as_str();
    let hides = hides(command, &ERRORS) || sets(command, ERRORS.preference) || sets_defaults(command);
    let unseen = hides && check.expect.iter().any(|expectation| by_nothing(expectation.rows));
    unseen.then_some(Concern::HiddenError)
}

/// Why a warning would not keep the check from green that should.
pub(super) fn unseen_warning(check: &Check) -> Option<Concern> {
    let command = check.command.as_str();
    let hides = hides(command, &WARNINGS) || sets(command, WARNINGS.preference) || sets_defaults(command);
    let runs = |part: &Part| match part {
        Part::Command(name) => BY_WARNING.into_iter().find(|known| known.eq_ignore_ascii_case(&plain(name))),
        _ => None,
    };
    let by_warning = parts(command).iter().find_map(runs);
    match (check.warnings, by_warning) {
        (Warnings::Keep, Some(name)) => Some(Concern::UnseenWarning(name)),
        (Warnings::Fail, _) if hides => Some(Concern::HiddenWarning),
        (Warnings::Keep | Warnings::Fail, _) => None,
    }
}

/// Commands of Lync and Skype for Business that give no object and no error for what they find, only warnings.
const BY_WARNING: [&str; 3] = ["Test-CsReplica", "Test-CsComputer", "Test-CsTopology"];

/// How one of the streams is hidden.
struct Hush {
    /// Redirections that lead nowhere.
    away: [&'static str; 2],
    /// The parameter, from where it is no other on.
    parameter: &'static str,
    shortest: &'static str,
    alias: &'static str,
    preference: &'static str,
}

const ERRORS: Hush = Hush {
    away: ["2>$null", "*>$null"],
    parameter: "-erroraction",
    shortest: "-errora",
    alias: "-ea",
    preference: "ErrorActionPreference",
};
const WARNINGS: Hush = Hush {
    away: ["3>$null", "*>$null"],
    parameter: "-warningaction",
    shortest: "-warninga",
    alias: "-wa",
    preference: "WarningPreference",
};

fn hides(command: &str, stream: &Hush) -> bool {
    let command = command.to_lowercase().replace(['–', '—', '―'], "-");
    let packed: String = command.chars().filter(|c| !c.is_whitespace() && !"{}".contains(*c)).collect();
    let apart = |c: char| c.is_whitespace() || ":;|(){}='\"".contains(c);
    let words: Vec<&str> = command.split(apart).filter(|word| !word.is_empty()).collect();
    let silent =
        |value: &str| ["0", "4"].contains(&value) || ["si", "ig"].iter().any(|word| value.starts_with(word));
    // A parameter may be cut short as long as it is no other.
    let action = |word: &str| {
        word == stream.alias || (word.starts_with(stream.shortest) && stream.parameter.starts_with(word))
    };
    stream.away.iter().any(|away| packed.contains(away))
        || words.windows(2).any(|pair| matches!(pair, [word, value] if action(word) && silent(value)))
}

/// A variable that changes how every command behaves, if the command sets one.
pub(super) fn sets_preference(command: &str) -> Option<&'static str> {
    let known = [ERRORS.preference, WARNINGS.preference, "WhatIfPreference", "ConfirmPreference"];
    known.into_iter().find(|name| sets(command, name)).or(sets_defaults(command).then_some(DEFAULTS))
}

/// Whether a command sets the variable of that name.
fn sets(command: &str, preference: &str) -> bool {
    let parts = parts(command);
    let assigns = parts
        .iter()
        .any(|part| matches!(part, Part::Variable(name) if name.eq_ignore_ascii_case(preference)));
    let setter = |part: &Part| match part {
        Part::Command(name) => ["set-variable", "sv", "set", "new-variable", "nv", "set-item", "si"]
            .contains(&plain(name).as_str()),
        _ => false,
    };
    assigns || (names(command, preference) && parts.iter().any(setter))
}

const DEFAULTS: &str = "PSDefaultParameterValues";

/// Whether a command fills the table of default parameters: reading it is of no use.
fn sets_defaults(command: &str) -> bool {
    mentions(command, DEFAULTS) || names(command, DEFAULTS)
}

/// What always gives a row, whatever it finds, where a row is all that the check asks for.
pub(super) fn always_met(check: &Check) -> Option<Concern> {
    let [expectation] = check.expect.as_slice() else { return None };
    let any_row = expectation.test == Test::Present && matches!(expectation.rows, Rows::Any | Rows::All);
    let last = last_element(&check.command);
    let gives = match parts(&last).first() {
        Some(Part::Variable(_)) => None,
        // It begins as a value does, not as a command.
        _ if last.starts_with(|c: char| "$([!'\"-@".contains(c) || c.is_ascii_digit()) => {
            compares(&last).then_some(RowSource::Comparison)
        }
        Some(Part::Command(name)) if last.starts_with(name.as_str()) => {
            let name = plain(name);
            let row =
                name == "out-string" || name == "measure" || matches!(verb(&name), Some("test" | "measure"));
            row.then_some(RowSource::Command(name))
        }
        Some(_) | None => None,
    };
    gives.filter(|_| any_row).map(Concern::AlwaysMet)
}

/// Whether an expression compares, outside of all brackets and quotes.
fn compares(expression: &str) -> bool {
    const OPERATORS: [&str; 19] = [
        "-eq",
        "-ne",
        "-gt",
        "-ge",
        "-lt",
        "-le",
        "-like",
        "-notlike",
        "-match",
        "-notmatch",
        "-contains",
        "-notcontains",
        "-in",
        "-notin",
        "-is",
        "-isnot",
        "-not",
        "-and",
        "-or",
    ];
    let mut open = Vec::new();
    let bare = |c: char| {
        let inside = match (open.last(), c) {
            (Some(close), c) if *close == c => {
                open.pop();
                true
            }
            (Some('\'' | '"'), _) => true,
            (_, '(' | '[' | '{' | '\'' | '"') => {
                open.push(match c {
                    '(' => ')',
                    '[' => ']',
                    '{' => '}',
                    quote => quote,
                });
                true
            }
            (within, _) => within.is_some(),
        };
        if inside { ' ' } else { c.to_ascii_lowercase() }
    };
    let bare: String = expression.chars().map(bare).collect();
    bare.split_whitespace().any(|word| OPERATORS.contains(&word.trim_start_matches('!')))
        || expression.trim_start().starts_with('!')
}

/// Which steps set which variables.
pub(super) struct Setters<'a> {
    steps: &'a [Step],
    /// By the name of a variable, in lower case: the places of the steps, each with the variable's place among those it sets.
    by_name: HashMap<&'a str, Vec<(usize, usize)>>,
    /// The names that are no single words.
    odd: Vec<&'a str>,
    graph: Graph,
    closures: OnceCell<Closures>,
}

impl<'a> Setters<'a> {
    /// `set_by` has the variables of each step, in lower case.
    pub(super) fn new(checklist: &'a Checklist, set_by: &'a [Vec<String>]) -> Self {
        let mut by_name: HashMap<&str, Vec<(usize, usize)>> = HashMap::new();
        for (place, set) in set_by.iter().enumerate() {
            for (position, name) in set.iter().enumerate() {
                by_name.entry(name).or_default().push((place, position));
            }
        }
        let odd = by_name.keys().copied().filter(|name| !name.chars().all(is_word)).collect();
        let graph = Graph::of(&checklist.steps);
        Self { steps: &checklist.steps, by_name, odd, graph, closures: OnceCell::new() }
    }

    /// Variables in a command of the step at `place` that another step sets, on which this one does not rest.
    pub(super) fn borrowed(&self, inputs: &DeclaredInputs<'_>, place: usize, command: &str) -> Vec<Concern> {
        let script = Script::read(command);
        let odd = self.odd.iter().copied().filter(|name| script.mentions(name));
        let names: BTreeSet<&str> = script.words().chain(odd).collect();
        let packed: String =
            command.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
        // In the order of the steps, and of what each sets.
        let mut found: BTreeMap<(usize, usize), &str> = BTreeMap::new();
        for (name, set) in names.into_iter().filter_map(|name| self.by_name.get_key_value(name)) {
            if is_automatic(name)
                || inputs.has(name)
                || packed.contains(&format!("foreach(${name}in"))
                || set.iter().any(|(other, _)| self.rests_on(place, *other))
            {
                continue;
            }
            for (other, position) in set {
                // What a step sets twice is said once.
                let twice = found.range((*other, 0)..(*other, *position)).any(|(_, known)| known == name);
                if !twice {
                    found.insert((*other, *position), name);
                }
            }
        }
        let concern = |((other, _), name): ((usize, usize), &str)| {
            let step = self.steps.get(other)?.id.clone();
            Some(Concern::BorrowedVariable { name: name.to_owned(), step })
        };
        found.into_iter().filter_map(concern).collect()
    }

    fn rests_on(&self, place: usize, other: usize) -> bool {
        place == other || self.closures.get_or_init(|| self.graph.closures()).holds(place, other)
    }
}
