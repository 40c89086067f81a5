//! How far a search goes.

/// How finely states are told apart.
#[derive(Clone, Copy, Default, PartialEq)]
pub enum Detail {
    /// By what ended a green, too.
    #[default]
    Fine,
    /// A step that is not green is not green, unless an apply of it was cut off: it stays so until a check ends well,
    /// which the fine searches show.
    Coarse,
}

/// Which of the rarer things happen in a search.
#[expect(clippy::struct_excessive_bools, reason = "each is a thing that happens or does not")]
#[derive(Clone, Copy, Default)]
pub struct Reach {
    /// The wall clock is set back and forth by itself.
    pub clocks: bool,
    /// Commands ask questions.
    pub questions: bool,
    /// Sessions are looked after, expire, and come back.
    pub sessions: bool,
    /// Steps are checked again and again after their apply.
    pub waits: bool,
    /// All steps are checked in one go.
    pub queues: bool,
    /// A step finds a tenant, which may be another one the next time.
    pub subjects: bool,
    /// The run goes on by itself.
    pub going: bool,
    pub detail: Detail,
}
