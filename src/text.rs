//! Every sentence that a person reads, in English, Spanish and French.
//!
//! Owns words only: it takes plain values and gives strings; it never decides, reads or prints. A sentence is a method
//! of [`Text`]; the `sentences!` macro makes the compiler ask for all three languages and for the same arguments.

use crate::checklist::Lang;

/// The sentences of one language. Cheap to copy and to pass along.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Text {
    lang: Lang,
}

impl Text {
    /// The sentences in `lang`.
    pub const fn new(lang: Lang) -> Self {
        Self { lang }
    }

    pub const fn lang(self) -> Lang {
        self.lang
    }

    /// The letter that means yes in that language, for both key maps.
    pub(crate) const fn letter_of_yes(lang: Lang) -> char {
        match lang {
            Lang::En => 'y',
            Lang::Es => 's',
            Lang::Fr => 'o',
        }
    }
}

/// Declares sentences as methods of [`Text`]: `name(arg, …) { en "…", es "…", fr "…" }`, with `{arg}` in the literals.
macro_rules! sentences {
    ($( $(#[$meta:meta])* $name:ident ( $($arg:ident),* ) { en $en:literal, es $es:literal, fr $fr:literal $(,)? } )*) => {
        impl $crate::text::Text {
            $(
                $(#[$meta])*
                pub fn $name(self $(, $arg: impl ::std::fmt::Display)*) -> String {
                    match self.lang() {
                        $crate::checklist::Lang::En => format!($en),
                        $crate::checklist::Lang::Es => format!($es),
                        $crate::checklist::Lang::Fr => format!($fr),
                    }
                }
            )*
        }
    };
}

mod applies;
mod ascii;
mod attention;
mod before;
mod checklist;
mod cli;
mod concerns;
mod covers;
mod doctor;
mod expectation;
mod going;
mod help;
mod journal;
mod lead;
mod looking;
mod mistakes;
mod plain;
mod reason;
mod report;
mod rows;
mod run;
mod runs;
mod shell;
mod subject;
mod tui;
mod wait;

pub(crate) use ascii::{ascii, ascii_cell, ascii_exact};
pub(crate) use wait::clock;
