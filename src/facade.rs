//! What the tests take of the rooms; the program itself has [`crate::cli::main`] alone.

pub mod archive {
    pub use crate::archive::{ListedSubject, RunCondition, RunListing, list, newest_unfinished};
}
pub mod checklist {
    pub use crate::checklist::{
        Act, Apply, Arity, Changes, Check, Checklist, ChecklistId, Covers, Emptiness, Expectation, Go,
        Handoff, Input, InputId, InputKind, InputValue, Lang, Lasts, Leaves, Localized, Mistake, Need,
        Operand, Part, Pattern, Remedy, RemedyWhen, Rows, SIZE_MAX, Sha, Source, Span, Step, StepId,
        StepKind, Subject, Test, Until, ValueSource, Warning, Warnings, Weight, When, lint, mentions, parts,
        read, read_kept,
    };
    pub mod concern {
        pub use crate::checklist::concern::Concern;
    }
    pub mod builtin {
        pub use crate::checklist::builtin::{all, find};
    }
    pub mod explain {
        pub use crate::checklist::explain::{
            CommandPurpose, Runnable, all_commands, explain, farthest_change,
        };
    }
}
pub mod journal {
    pub use crate::journal::{
        Condition, Contents, Damage, FileAction, FileFault, Folder, Head, HeadCode, HeadFault, Header,
        Holder, Journal, JournalError, Newer, Problem, Recovery, RowsFile, RunId, Transcript, holder_of,
        read, read_each, tail, verify,
    };
    pub mod disk {
        pub use crate::journal::disk::{Disk, OpenMode, RealDisk, Sink};
    }
}
pub mod psrp {
    pub use crate::psrp::{
        AnswerError, Busy, CallId, Client, ClientConfig, ClientEvent, Content, Guid, HostCall, HostReply,
        KeyPair, Peer, Pipeline, PipelineId, PipelineState, PoolFailure, ProtocolFault, ProtocolVersion,
        PsObject, PsValue, Record, Secret, WriteTo,
    };
    pub mod clixml {
        pub use crate::psrp::clixml::{Limits, parse, parse_all, to_string};
    }
}
pub mod report {
    pub use crate::report::{Folding, Format, Report, build, csv, html, json, junit, markdown, pseudonymize};
    pub mod check {
        pub use crate::report::check::{StepVerdict, json};
    }
    pub mod handoff {
        pub use crate::report::handoff::files;
    }
}
pub mod run {
    pub use crate::run::{
        AbandonCause, About, AgainCause, Applicability, Applies, ApplyEnd, ApplyGivenUp, Assessment, Attempt,
        Build, CONFIRM_WITHIN_MS, Call, CheckRecord, Command, CommandOutput, Confirmed, Count, Coverage,
        Decision, Doubt, Effect, Event, Expiry, Fact, FailingRow, Failure, FileDigest, Finding, FoundSubject,
        GoEnd, Going, HandoffFault, HandoffStage, Heading, HeldBy, Judge, Judged, KeptValue, KeptValues,
        KnownSubject, MissingName, Mode, Moment, MoreErrors, NextAction, OutcomeEnd, Outputs, Pace, Prompt,
        PromptReply, Purpose, Refusal, Run, RunKind, Session, ShellEnd, ShellGone, ShellState, StaleCause,
        Stamped, StatusReason, StepApplies, StepState, StepStatus, StopCause, Timer, ToCover, Trigger,
        Unvouched, Verdict, VerdictReason, WaitEnd, WaitProgress, Who, WhyNot, Wish,
    };
    pub mod gate {
        pub use crate::run::gate::{Gate, LockReason, Reason, evaluate};
    }
    pub mod prompt {
        pub use crate::run::prompt::{Choice, Echo, Field, Pick};
    }
    pub mod value {
        pub use crate::run::value::{Object, Value};
    }
    pub mod verdict {
        pub use crate::run::verdict::{
            FAILING_KEPT, FAILURES_KEPT, Finding, Inputs, Judge, KEPT_MAX, MISSING_KEPT, NOT_BOUND, Verdict,
            cut_off,
        };
    }
}
pub mod shell {
    pub use crate::shell::{
        Advice, Answer, CHANNEL, FieldAnswer, Line, PowerShell, Program, Progress, ProgressRecordType,
        Rehearsal, Request, Secret, Shell, ShellEvent, ShellExit, Stream,
    };
    pub mod powershell {
        pub use crate::shell::powershell::{locate, neutral};
    }
    pub mod rehearsal {
        pub use crate::shell::rehearsal::{DEFAULT, Rehearsal, ScenarioError, find, names};
    }
}
pub mod text {
    pub use crate::text::Text;
}
pub mod tui {
    pub use crate::tui::{
        Attention, Channel, ChooseView, Chooser, Chosen, Entry, EntryKind, Follow, GlyphSet, Glyphs, Intent,
        KeyMap, Layer, Notification, Screen, Signal, Taskbar, TerminalSize, Theme, ThemeKind, Ui, View,
        Viewport, draw, draw_choose,
    };
    pub mod app {
        pub use crate::tui::app::{AppError, Appearance, Driver, run};
    }
}
pub mod wizard {
    pub use crate::wizard::{OutputBuffer, Scrubber, Trouble, Wizard};
}
pub mod plain {
    pub use crate::plain::{Pulse, gate_lines, heading_line, held_line, next_line, step_lines};
}
pub mod cli {
    pub use crate::cli::check::step_lines as check_lines;
    pub use crate::cli::watch::{PrintedSteps, is_looked_at_again};
}
