//! How far an activity has come.

/// Progress ([MS-PSRP] 2.2.2.25).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressRecord {
    /// What is being done.
    pub activity: String,
    pub activity_id: i32,
    /// The activity that this is a part of, or −1.
    pub parent_activity_id: i32,
    pub status: String,
    pub current_operation: Option<String>,
    /// 0 to 100, or −1 for unknown.
    pub percent: i32,
    /// −1 for unknown.
    pub seconds_remaining: i32,
    /// Whether the activity has ended.
    pub completed: bool,
}

impl Default for ProgressRecord {
    fn default() -> Self {
        Self {
            activity: String::new(),
            activity_id: 0,
            parent_activity_id: -1,
            status: String::new(),
            current_operation: None,
            percent: -1,
            seconds_remaining: -1,
            completed: false,
        }
    }
}
